package dev.hearth.catalog;

import dev.hearth.model.FunctionAlias;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.LayerVersion;
import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// How records stand in the `body` columns: JSON with the names of the record components, sealed types with their
/// case in `is`. Written and read by hand: the first call after a start waits for this, and a mapper that learns the
/// records by reflection takes many times as long.
///
/// A change here needs a migration, or must read what is there already; the test beside this class says so.
final class StoredForm {
    private static final JsonFactory JSON = new JsonFactory();

    private StoredForm() {}

    static String of(FunctionVersion version) {
        return write(out -> VersionForm.write(out, version));
    }

    static String of(FunctionAlias alias) {
        return write(out -> {
            PartForm.write(out, "function", alias.function());
            out.writeStringProperty("name", alias.name());
            out.writeStringProperty("version", alias.version());
            out.writeStringProperty("description", alias.description());
            out.writeObjectPropertyStart("routingWeights");
            alias.routingWeights().forEach(out::writeNumberProperty);
            out.writeEndObject();
            out.writeStringProperty("revisionId", alias.revisionId());
        });
    }

    static String of(LayerVersion version) {
        return write(out -> LayerForm.write(out, version));
    }

    static FunctionVersion version(String json) {
        return VersionForm.read(StoredObject.parse(JSON, json));
    }

    static FunctionAlias alias(String json) {
        StoredObject in = StoredObject.parse(JSON, json);
        return new FunctionAlias(
                PartForm.function(in.object("function")),
                in.text("name"),
                in.text("version"),
                in.text("description"),
                in.map("routingWeights", weight -> ((Number) weight).doubleValue()),
                in.text("revisionId"));
    }

    static LayerVersion layer(String json) {
        return LayerForm.read(StoredObject.parse(JSON, json));
    }

    static StoredObject parse(String json) {
        return StoredObject.parse(JSON, json);
    }

    static String write(Consumer<JsonGenerator> members) {
        var text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            members.accept(out);
            out.writeEndObject();
        }
        return text.toString();
    }
}
