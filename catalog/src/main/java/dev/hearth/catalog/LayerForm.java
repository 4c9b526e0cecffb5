package dev.hearth.catalog;

import dev.hearth.model.Architecture;
import dev.hearth.model.LayerVersion;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/// A layer version as it is stored.
final class LayerForm {
    private LayerForm() {}

    static void write(JsonGenerator out, LayerVersion version) {
        PartForm.write(out, "layer", version.layer());
        out.writeNumberProperty("version", version.version());
        out.writeStringProperty("description", version.description());
        PartForm.write(out, "code", version.code());
        PartForm.write(out, "compatibleRuntimes", version.compatibleRuntimes());
        PartForm.write(
                out,
                "compatibleArchitectures",
                version.compatibleArchitectures().stream().map(Enum::name).toList());
        PartForm.write(out, "licenseInfo", version.licenseInfo());
        out.writeStringProperty("created", version.created().toString());
    }

    static LayerVersion read(StoredObject in) {
        return new LayerVersion(
                PartForm.layer(in.object("layer")),
                in.number("version"),
                in.text("description"),
                PartForm.code(in.object("code")),
                in.texts("compatibleRuntimes"),
                in.texts("compatibleArchitectures").stream()
                        .map(Architecture::valueOf)
                        .toList(),
                in.optionalText("licenseInfo"),
                Instant.parse(in.text("created")));
    }
}
