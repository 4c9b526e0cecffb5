package dev.hearth.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// The header fields of a request; names are compared without case.
public interface Headers {
    Headers NONE = of(Map.of());

    /// The first value of a field.
    Optional<String> first(String name);

    /// All values of a field, in order; empty where it is absent.
    List<String> all(String name);

    /// Calls with each field's name and value, a name once for each of its values.
    void forEach(BiConsumer<String, String> field);

    /// Headers from a map, one value each; for tests and for edges that make requests themselves.
    static Headers of(Map<String, String> values) {
        var fields = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        fields.putAll(values);
        return new Headers() {
            @Override
            public Optional<String> first(String name) {
                return Optional.ofNullable(fields.get(name));
            }

            @Override
            public List<String> all(String name) {
                return first(name).stream().toList();
            }

            @Override
            public void forEach(BiConsumer<String, String> field) {
                fields.forEach(field);
            }
        };
    }
}
