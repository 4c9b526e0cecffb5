package dev.hearth.lambdaapi;

import dev.hearth.model.FunctionSettings;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.LayerRef;
import dev.hearth.model.LoggingConfig;
import dev.hearth.model.UpdateStatus;
import dev.hearth.model.VersionState;
import dev.hearth.model.VpcConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;

/// Writes AWS's FunctionConfiguration: the members in the sets that were recorded, absent where AWS has them absent.
final class ConfigurationJson {
    private ConfigurationJson() {}

    /// All members, as single reads and changes answer them.
    ///
    /// @param shownArn the ARN as the caller named it, or as AWS shows it for that operation
    static void write(JsonGenerator out, FunctionVersion version, String shownArn) {
        writeCommon(out, version, shownArn);
        writeState(out, version.state());
        if (!(version.state() instanceof VersionState.Pending)) {
            writeUpdateStatus(out, version.updateStatus());
        }
        out.writeObjectPropertyStart("RuntimeVersionConfig");
        out.writeStringProperty("RuntimeVersionArn", runtimeVersionArn(version));
        out.writeEndObject();
    }

    /// As lists show a version: without its state and its runtime's version.
    static void writeListed(JsonGenerator out, FunctionVersion version, String shownArn) {
        out.writeStartObject();
        writeCommon(out, version, shownArn);
        out.writeEndObject();
    }

    private static void writeCommon(JsonGenerator out, FunctionVersion version, String shownArn) {
        FunctionSettings settings = version.settings();
        out.writeStringProperty("FunctionName", version.name());
        out.writeStringProperty("FunctionArn", shownArn);
        out.writeStringProperty("Runtime", settings.runtime());
        out.writeStringProperty("Role", settings.role());
        out.writeStringProperty("Handler", settings.handler());
        out.writeNumberProperty("CodeSize", version.code().size());
        out.writeStringProperty("Description", settings.description());
        out.writeNumberProperty("Timeout", settings.timeout().toSeconds());
        out.writeNumberProperty("MemorySize", settings.memory().toMibRoundedUp());
        out.writeStringProperty("LastModified", Times.millis(version.lastModified()));
        out.writeStringProperty("CodeSha256", version.code().awsSha256());
        out.writeStringProperty("Version", version.version());
        writeOptional(out, settings);
        out.writeObjectPropertyStart("TracingConfig");
        out.writeStringProperty("Mode", settings.tracingMode());
        out.writeEndObject();
        out.writeStringProperty("RevisionId", version.revisionId());
        writeLayers(out, settings.layers());
        out.writeStringProperty("PackageType", "Zip");
        writeStrings(out, "Architectures", List.of(settings.architecture().awsName()));
        out.writeObjectPropertyStart("EphemeralStorage");
        out.writeNumberProperty("Size", settings.ephemeralStorage().toMibRoundedUp());
        out.writeEndObject();
        writeSnapStart(out, version);
        writeLogging(out, settings.logging());
    }

    /// It is on for published versions alone: `$LATEST` never starts from a snapshot.
    private static void writeSnapStart(JsonGenerator out, FunctionVersion version) {
        String applyOn = version.settings().snapStartApplyOn();
        boolean on = version.snapStarts();
        out.writeObjectPropertyStart("SnapStart");
        out.writeStringProperty("ApplyOn", applyOn);
        out.writeStringProperty("OptimizationStatus", on ? "On" : "Off");
        out.writeEndObject();
    }

    private static void writeOptional(JsonGenerator out, FunctionSettings settings) {
        settings.vpc().ifPresent(vpc -> writeVpc(out, vpc));
        settings.deadLetterTargetArn().ifPresent(arn -> {
            out.writeObjectPropertyStart("DeadLetterConfig");
            out.writeStringProperty("TargetArn", arn);
            out.writeEndObject();
        });
        if (settings.environmentShown()) {
            out.writeObjectPropertyStart("Environment");
            out.writeObjectPropertyStart("Variables");
            settings.environment().forEach(out::writeStringProperty);
            out.writeEndObject();
            out.writeEndObject();
        }
        settings.kmsKeyArn().ifPresent(arn -> out.writeStringProperty("KMSKeyArn", arn));
    }

    /// There is no VPC here; the id says so and has AWS's form, which some clients check.
    private static void writeVpc(JsonGenerator out, VpcConfig vpc) {
        out.writeObjectPropertyStart("VpcConfig");
        writeStrings(out, "SubnetIds", vpc.subnetIds());
        writeStrings(out, "SecurityGroupIds", vpc.securityGroupIds());
        out.writeStringProperty("VpcId", vpc.subnetIds().isEmpty() ? "" : "vpc-00000000000000000");
        out.writeBooleanProperty("Ipv6AllowedForDualStack", vpc.ipv6AllowedForDualStack());
        out.writeEndObject();
    }

    private static void writeLayers(JsonGenerator out, List<LayerRef> layers) {
        if (layers.isEmpty()) {
            return;
        }
        out.writeArrayPropertyStart("Layers");
        for (LayerRef layer : layers) {
            out.writeStartObject();
            out.writeStringProperty("Arn", layer.arn());
            out.writeNumberProperty("CodeSize", layer.code().size());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeLogging(JsonGenerator out, LoggingConfig logging) {
        out.writeObjectPropertyStart("LoggingConfig");
        out.writeStringProperty("LogFormat", logging.format());
        logging.applicationLogLevel().ifPresent(level -> out.writeStringProperty("ApplicationLogLevel", level));
        logging.systemLogLevel().ifPresent(level -> out.writeStringProperty("SystemLogLevel", level));
        out.writeStringProperty("LogGroup", logging.logGroup());
        out.writeEndObject();
    }

    private static void writeState(JsonGenerator out, VersionState state) {
        out.writeStringProperty("State", state.awsName());
        switch (state) {
            case VersionState.Pending(String code, String reason) -> writeReason(out, "StateReason", code, reason);
            case VersionState.Failed(String code, String reason) -> writeReason(out, "StateReason", code, reason);
            case VersionState.Active active -> {}
        }
    }

    private static void writeUpdateStatus(JsonGenerator out, UpdateStatus status) {
        out.writeStringProperty("LastUpdateStatus", status.awsName());
        switch (status) {
            case UpdateStatus.InProgress(String code, String reason) ->
                writeReason(out, "LastUpdateStatusReason", code, reason);
            case UpdateStatus.Failed(String code, String reason) ->
                writeReason(out, "LastUpdateStatusReason", code, reason);
            case UpdateStatus.Successful successful -> {}
        }
    }

    private static void writeReason(JsonGenerator out, String member, String code, String reason) {
        out.writeStringProperty(member, reason);
        out.writeStringProperty(member + "Code", code);
    }

    static void writeStrings(JsonGenerator out, String member, List<String> values) {
        out.writeArrayPropertyStart(member);
        values.forEach(out::writeString);
        out.writeEndArray();
    }

    /// AWS names runtime builds by a digest; here the name stands for the runtime identifier alone.
    private static String runtimeVersionArn(FunctionVersion version) {
        String runtime = version.settings().runtime();
        String id = UUID.nameUUIDFromBytes(runtime.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        return "arn:%s:lambda:%s::runtime:%s"
                .formatted(
                        version.arn().scope().partition(), version.arn().scope().region(), id + id);
    }
}
