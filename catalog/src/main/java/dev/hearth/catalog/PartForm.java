package dev.hearth.catalog;

import dev.hearth.model.CodeRef;
import dev.hearth.model.FunctionArn;
import dev.hearth.model.LayerArn;
import dev.hearth.model.Scope;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// The parts that several stored records share: ARNs, packages, lists, what may be absent.
final class PartForm {
    private PartForm() {}

    static void write(JsonGenerator out, String member, FunctionArn arn) {
        write(out, member, arn.scope(), arn.name());
    }

    static void write(JsonGenerator out, String member, LayerArn arn) {
        write(out, member, arn.scope(), arn.name());
    }

    static FunctionArn function(StoredObject in) {
        return new FunctionArn(scope(in), in.text("name"));
    }

    static LayerArn layer(StoredObject in) {
        return new LayerArn(scope(in), in.text("name"));
    }

    static void write(JsonGenerator out, String member, CodeRef code) {
        out.writeObjectPropertyStart(member);
        out.writeStringProperty("sha256", code.sha256());
        out.writeNumberProperty("size", code.size());
        out.writeEndObject();
    }

    static CodeRef code(StoredObject in) {
        return new CodeRef(in.text("sha256"), in.number("size"));
    }

    static void write(JsonGenerator out, String member, List<String> texts) {
        out.writeArrayPropertyStart(member);
        texts.forEach(out::writeString);
        out.writeEndArray();
    }

    static void write(JsonGenerator out, String member, Optional<String> text) {
        if (text.isPresent()) {
            out.writeStringProperty(member, text.get());
        } else {
            out.writeNullProperty(member);
        }
    }

    private static void write(JsonGenerator out, String member, Scope scope, String name) {
        out.writeObjectPropertyStart(member);
        out.writeObjectPropertyStart("scope");
        out.writeStringProperty("partition", scope.partition());
        out.writeStringProperty("region", scope.region());
        out.writeStringProperty("account", scope.account());
        out.writeEndObject();
        out.writeStringProperty("name", name);
        out.writeEndObject();
    }

    private static Scope scope(StoredObject in) {
        StoredObject scope = in.object("scope");
        return new Scope(scope.text("partition"), scope.text("region"), scope.text("account"));
    }
}
