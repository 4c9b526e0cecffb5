package dev.hearth.lambdaapi;

import dev.hearth.model.Architecture;
import dev.hearth.model.LayerVersion;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Writes AWS's shapes of layer versions.
final class LayerJson {
    private LayerJson() {}

    /// With its content, as single reads answer it.
    static void write(JsonGenerator out, LayerVersion version, String location) {
        out.writeObjectPropertyStart("Content");
        out.writeStringProperty("Location", location);
        out.writeStringProperty("CodeSha256", version.code().awsSha256());
        out.writeNumberProperty("CodeSize", version.code().size());
        out.writeEndObject();
        out.writeStringProperty("LayerArn", version.layer().toString());
        writeListed(out, version);
    }

    /// As lists show it.
    static void writeListed(JsonGenerator out, LayerVersion version) {
        out.writeStringProperty("LayerVersionArn", version.arn());
        out.writeNumberProperty("Version", version.version());
        out.writeStringProperty("Description", version.description());
        out.writeStringProperty("CreatedDate", Times.millis(version.created()));
        if (!version.compatibleRuntimes().isEmpty()) {
            writeRuntimes(out, version.compatibleRuntimes());
        }
        if (!version.compatibleArchitectures().isEmpty()) {
            writeArchitectures(out, version.compatibleArchitectures());
        }
        version.licenseInfo().ifPresent(license -> out.writeStringProperty("LicenseInfo", license));
    }

    static void writeRuntimes(JsonGenerator out, List<String> runtimes) {
        ConfigurationJson.writeStrings(out, "CompatibleRuntimes", runtimes);
    }

    static void writeArchitectures(JsonGenerator out, List<Architecture> architectures) {
        ConfigurationJson.writeStrings(
                out,
                "CompatibleArchitectures",
                architectures.stream().map(Architecture::awsName).toList());
    }
}
