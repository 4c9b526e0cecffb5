package dev.hearth.catalog;

import dev.hearth.model.CodeSigningConfig;
import dev.hearth.model.CorsConfig;
import dev.hearth.model.EventInvokeConfig;
import dev.hearth.model.EventSourceMapping;
import dev.hearth.model.FunctionUrl;
import dev.hearth.model.ProvisionedConcurrency;
import dev.hearth.model.ResourcePolicy;
import dev.hearth.model.RuntimeManagement;
import dev.hearth.model.ScalingConfig;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// Records of each [RecordKind] as they are stored; what is empty is absent.
final class RecordForm {
    private RecordForm() {}

    static void write(JsonGenerator out, ProvisionedConcurrency provisioned) {
        PartForm.write(out, "function", provisioned.function());
        out.writeStringProperty("qualifier", provisioned.qualifier());
        out.writeNumberProperty("instances", provisioned.instances());
        out.writeStringProperty("lastModified", provisioned.lastModified().toString());
    }

    static ProvisionedConcurrency provisioned(StoredObject in) {
        return new ProvisionedConcurrency(
                PartForm.function(in.object("function")),
                in.text("qualifier"),
                (int) in.number("instances"),
                time(in, "lastModified"));
    }

    static void write(JsonGenerator out, EventInvokeConfig config) {
        PartForm.write(out, "function", config.function());
        out.writeStringProperty("qualifier", config.qualifier());
        number(out, "maximumRetries", config.maximumRetries());
        number(out, "maximumAgeSeconds", config.maximumAgeSeconds());
        PartForm.write(out, "onSuccess", config.onSuccess());
        PartForm.write(out, "onFailure", config.onFailure());
        out.writeStringProperty("lastModified", config.lastModified().toString());
    }

    static EventInvokeConfig eventInvoke(StoredObject in) {
        return new EventInvokeConfig(
                PartForm.function(in.object("function")),
                in.text("qualifier"),
                in.optionalNumber("maximumRetries"),
                in.optionalNumber("maximumAgeSeconds"),
                in.optionalText("onSuccess"),
                in.optionalText("onFailure"),
                time(in, "lastModified"));
    }

    static void write(JsonGenerator out, FunctionUrl url) {
        PartForm.write(out, "function", url.function());
        out.writeStringProperty("qualifier", url.qualifier());
        out.writeStringProperty("id", url.id());
        out.writeStringProperty("authType", url.authType());
        out.writeStringProperty("invokeMode", url.invokeMode());
        url.cors().ifPresent(cors -> {
            out.writeObjectPropertyStart("cors");
            write(out, cors);
            out.writeEndObject();
        });
        out.writeStringProperty("created", url.created().toString());
        out.writeStringProperty("lastModified", url.lastModified().toString());
    }

    private static void write(JsonGenerator out, CorsConfig cors) {
        cors.allowCredentials().ifPresent(allow -> out.writeBooleanProperty("allowCredentials", allow));
        texts(out, "allowHeaders", cors.allowHeaders());
        texts(out, "allowMethods", cors.allowMethods());
        texts(out, "allowOrigins", cors.allowOrigins());
        texts(out, "exposeHeaders", cors.exposeHeaders());
        number(out, "maxAgeSeconds", cors.maxAgeSeconds());
    }

    static FunctionUrl url(StoredObject in) {
        return new FunctionUrl(
                PartForm.function(in.object("function")),
                in.text("qualifier"),
                in.text("id"),
                in.text("authType"),
                in.text("invokeMode"),
                in.optionalObject("cors").map(RecordForm::cors),
                time(in, "created"),
                time(in, "lastModified"));
    }

    private static CorsConfig cors(StoredObject in) {
        return new CorsConfig(
                in.has("allowCredentials") ? Optional.of(in.flag("allowCredentials")) : Optional.empty(),
                texts(in, "allowHeaders"),
                texts(in, "allowMethods"),
                texts(in, "allowOrigins"),
                texts(in, "exposeHeaders"),
                in.optionalNumber("maxAgeSeconds"));
    }

    static void write(JsonGenerator out, ResourcePolicy policy) {
        out.writeArrayPropertyStart("statements");
        for (ResourcePolicy.Statement statement : policy.statements()) {
            out.writeStartObject();
            out.writeStringProperty("id", statement.id());
            out.writeStringProperty("json", statement.json());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeStringProperty("revisionId", policy.revisionId());
    }

    static ResourcePolicy policy(StoredObject in) {
        List<ResourcePolicy.Statement> statements = in.objects("statements").stream()
                .map(statement -> new ResourcePolicy.Statement(statement.text("id"), statement.text("json")))
                .toList();
        return new ResourcePolicy(statements, in.text("revisionId"));
    }

    static void write(JsonGenerator out, RuntimeManagement management) {
        out.writeStringProperty("updateRuntimeOn", management.updateRuntimeOn());
        PartForm.write(out, "runtimeVersionArn", management.runtimeVersionArn());
    }

    static RuntimeManagement runtimeManagement(StoredObject in) {
        return new RuntimeManagement(in.text("updateRuntimeOn"), in.optionalText("runtimeVersionArn"));
    }

    static void write(JsonGenerator out, ScalingConfig scaling) {
        number(out, "minimum", scaling.minimum());
        number(out, "maximum", scaling.maximum());
    }

    static ScalingConfig scaling(StoredObject in) {
        return new ScalingConfig(in.optionalNumber("minimum"), in.optionalNumber("maximum"));
    }

    static void write(JsonGenerator out, String text) {
        out.writeStringProperty("text", text);
    }

    static String text(StoredObject in) {
        return in.text("text");
    }

    static void write(JsonGenerator out, CodeSigningConfig config) {
        out.writeStringProperty("arn", config.arn());
        out.writeStringProperty("description", config.description());
        PartForm.write(out, "publishers", config.publishers());
        out.writeStringProperty("policy", config.policy());
        out.writeStringProperty("lastModified", config.lastModified().toString());
    }

    static CodeSigningConfig codeSigning(StoredObject in) {
        return new CodeSigningConfig(
                in.text("arn"),
                in.text("description"),
                in.texts("publishers"),
                in.text("policy"),
                time(in, "lastModified"));
    }

    static void write(JsonGenerator out, EventSourceMapping mapping) {
        out.writeStringProperty("uuid", mapping.uuid());
        PartForm.write(out, "function", mapping.function());
        PartForm.write(out, "qualifier", mapping.qualifier());
        PartForm.write(out, "sourceArn", mapping.sourceArn());
        out.writeBooleanProperty("enabled", mapping.enabled());
        out.writeStringProperty("lastModified", mapping.lastModified().toString());
        out.writeName("settings");
        any(out, mapping.settings());
    }

    static EventSourceMapping eventSource(StoredObject in) {
        return new EventSourceMapping(
                in.text("uuid"),
                PartForm.function(in.object("function")),
                in.optionalText("qualifier"),
                in.optionalText("sourceArn"),
                in.flag("enabled"),
                time(in, "lastModified"),
                in.object("settings").plain());
    }

    private static void any(JsonGenerator out, Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                out.writeStartObject();
                map.forEach((name, member) -> {
                    out.writeName(name.toString());
                    any(out, member);
                });
                out.writeEndObject();
            }
            case List<?> list -> {
                out.writeStartArray();
                list.forEach(element -> any(out, element));
                out.writeEndArray();
            }
            case String text -> out.writeString(text);
            case Boolean flag -> out.writeBoolean(flag);
            case Double number -> out.writeNumber(number);
            case Number number -> out.writeNumber(number.longValue());
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
    }

    private static Instant time(StoredObject in, String name) {
        return Instant.parse(in.text(name));
    }

    private static void number(JsonGenerator out, String name, Optional<Integer> value) {
        value.ifPresent(number -> out.writeNumberProperty(name, number));
    }

    private static void texts(JsonGenerator out, String name, Optional<List<String>> texts) {
        texts.ifPresent(values -> PartForm.write(out, name, values));
    }

    private static Optional<List<String>> texts(StoredObject in, String name) {
        return in.has(name) ? Optional.of(in.texts(name)) : Optional.empty();
    }
}
