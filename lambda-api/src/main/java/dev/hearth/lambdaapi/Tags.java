package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.http.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tags of functions.
record Tags(Catalog catalog) {
    private static final int MOST = 50;
    private static final int KEY_LENGTH = 128;
    private static final int VALUE_LENGTH = 256;

    Response tag(LambdaOperation.TagResource tag) {
        return catalog.write(tx -> {
            Lookup.latest(tx, tag.function());
            var tags = new LinkedHashMap<>(tx.tags(tag.function().name()));
            tags.putAll(tag.tags());
            check(tags);
            tx.putTags(tag.function().name(), tags);
            return Response.empty(204);
        });
    }

    Response untag(FunctionRef function, List<String> keys) {
        return catalog.write(tx -> {
            Lookup.latest(tx, function);
            var tags = new LinkedHashMap<>(tx.tags(function.name()));
            keys.forEach(tags::remove);
            tx.putTags(function.name(), tags);
            return Response.empty(204);
        });
    }

    Response list(FunctionRef function) {
        Map<String, String> tags = catalog.read(tx -> {
            Lookup.latest(tx, function);
            return tx.tags(function.name());
        });
        return Json.response(200, out -> {
            out.writeObjectPropertyStart("Tags");
            tags.forEach(out::writeStringProperty);
            out.writeEndObject();
        });
    }

    static void check(Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw SettingsRules.invalid("Number of tags exceeds resource tag limit.");
        }
        var violations = new Violations();
        tags.forEach((key, value) -> {
            violations.length("tags.key", key, 1, KEY_LENGTH);
            violations.length("tags.value", value, 0, VALUE_LENGTH);
        });
        violations.throwIfAny();
    }
}
