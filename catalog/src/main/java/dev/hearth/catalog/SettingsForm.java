package dev.hearth.catalog;

import dev.hearth.model.Architecture;
import dev.hearth.model.ByteSize;
import dev.hearth.model.FunctionSettings;
import dev.hearth.model.LayerRef;
import dev.hearth.model.LoggingConfig;
import dev.hearth.model.VpcConfig;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// A function's settings as they are stored.
final class SettingsForm {
    private SettingsForm() {}

    static void write(JsonGenerator out, FunctionSettings settings) {
        out.writeStringProperty("runtime", settings.runtime());
        out.writeStringProperty("handler", settings.handler());
        out.writeStringProperty("role", settings.role());
        out.writeStringProperty("description", settings.description());
        out.writeStringProperty("timeout", settings.timeout().toString());
        writeSize(out, "memory", settings.memory());
        out.writeObjectPropertyStart("environment");
        settings.environment().forEach(out::writeStringProperty);
        out.writeEndObject();
        out.writeArrayPropertyStart("layers");
        settings.layers().forEach(layer -> write(out, layer));
        out.writeEndArray();
        writeSize(out, "ephemeralStorage", settings.ephemeralStorage());
        out.writeStringProperty("architecture", settings.architecture().name());
        out.writeStringProperty("tracingMode", settings.tracingMode());
        write(out, settings.logging());
        out.writeStringProperty("snapStartApplyOn", settings.snapStartApplyOn());
        PartForm.write(out, "deadLetterTargetArn", settings.deadLetterTargetArn());
        PartForm.write(out, "kmsKeyArn", settings.kmsKeyArn());
        writeVpc(out, settings.vpc());
        // Stands only where it says something: a set environment is always shown.
        if (settings.environmentShown() && settings.environment().isEmpty()) {
            out.writeBooleanProperty("environmentShown", true);
        }
    }

    static FunctionSettings read(StoredObject in) {
        return new FunctionSettings(
                in.text("runtime"),
                in.text("handler"),
                in.text("role"),
                in.text("description"),
                Duration.parse(in.text("timeout")),
                size(in.object("memory")),
                in.map("environment", String.class::cast),
                in.objects("layers").stream().map(SettingsForm::layer).toList(),
                size(in.object("ephemeralStorage")),
                Architecture.valueOf(in.text("architecture")),
                in.text("tracingMode"),
                logging(in.object("logging")),
                in.text("snapStartApplyOn"),
                in.optionalText("deadLetterTargetArn"),
                in.optionalText("kmsKeyArn"),
                in.optionalObject("vpc").map(SettingsForm::vpc),
                in.flagOrFalse("environmentShown"));
    }

    private static void write(JsonGenerator out, LayerRef layer) {
        out.writeStartObject();
        out.writeStringProperty("arn", layer.arn());
        PartForm.write(out, "code", layer.code());
        out.writeEndObject();
    }

    private static LayerRef layer(StoredObject in) {
        return new LayerRef(in.text("arn"), PartForm.code(in.object("code")));
    }

    private static void write(JsonGenerator out, LoggingConfig logging) {
        out.writeObjectPropertyStart("logging");
        out.writeStringProperty("format", logging.format());
        out.writeStringProperty("logGroup", logging.logGroup());
        PartForm.write(out, "applicationLogLevel", logging.applicationLogLevel());
        PartForm.write(out, "systemLogLevel", logging.systemLogLevel());
        out.writeEndObject();
    }

    private static LoggingConfig logging(StoredObject in) {
        return new LoggingConfig(
                in.text("format"),
                in.text("logGroup"),
                in.optionalText("applicationLogLevel"),
                in.optionalText("systemLogLevel"));
    }

    private static void writeVpc(JsonGenerator out, Optional<VpcConfig> vpc) {
        if (vpc.isEmpty()) {
            out.writeNullProperty("vpc");
            return;
        }
        out.writeObjectPropertyStart("vpc");
        PartForm.write(out, "subnetIds", vpc.get().subnetIds());
        PartForm.write(out, "securityGroupIds", vpc.get().securityGroupIds());
        out.writeBooleanProperty("ipv6AllowedForDualStack", vpc.get().ipv6AllowedForDualStack());
        out.writeEndObject();
    }

    private static VpcConfig vpc(StoredObject in) {
        return new VpcConfig(in.texts("subnetIds"), in.texts("securityGroupIds"), in.flag("ipv6AllowedForDualStack"));
    }

    private static void writeSize(JsonGenerator out, String member, ByteSize size) {
        out.writeObjectPropertyStart(member);
        out.writeNumberProperty("bytes", size.bytes());
        out.writeEndObject();
    }

    private static ByteSize size(StoredObject in) {
        return ByteSize.ofBytes(in.number("bytes"));
    }
}
