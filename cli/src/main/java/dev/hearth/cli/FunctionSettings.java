package dev.hearth.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A function's settings as a template has them, and those of a function that exists in the same form, to be compared.
final class FunctionSettings {
    private FunctionSettings() {}

    /// What a function has, for each setting that is wanted.
    ///
    /// @param configuration as GetFunctionConfiguration answers
    static Map<String, Object> actual(Json configuration, Map<String, Object> wanted) {
        var actual = new LinkedHashMap<String, Object>();
        wanted.forEach((name, value) -> actual.put(name, actual(configuration, name, value)));
        return actual;
    }

    private static Object actual(Json configuration, String name, Object wanted) {
        Object has = configuration.get(name).value();
        if (has == null) {
            return Map.of();
        }
        return switch (name) {
            case "Layers" ->
                configuration.get(name).items().stream()
                        .map(layer -> layer.textOrEmpty("Arn"))
                        .toList();
            case "Environment" ->
                Map.of(
                        "Variables",
                        Flat.texts(configuration.get(name).get("Variables").value()));
            default -> wanted instanceof Map<?, ?> members ? only(has, members) : has;
        };
    }

    /// The members that are wanted: the server shows some of its own beside them.
    private static Object only(Object has, Map<?, ?> wanted) {
        var kept = new LinkedHashMap<Object, Object>();
        if (has instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (wanted.containsKey(key)) {
                    kept.put(key, value);
                }
            });
        }
        return kept;
    }

    /// The settings for CreateFunction: what is the default is left out.
    static Map<String, Object> forCreate(Map<String, Object> settings) {
        var fields = new LinkedHashMap<>(settings);
        fields.values().removeIf(value -> Flat.leaves(Map.of("", value)).isEmpty());
        fields.remove("SnapStart", Map.of("ApplyOn", "None"));
        fields.remove("TracingConfig", Map.of("Mode", "PassThrough"));
        return fields;
    }

    /// The settings for UpdateFunctionConfiguration: those of which a leaf differs.
    static Map<String, Object> forUpdate(Map<String, Object> settings, List<Difference> differences) {
        var fields = new LinkedHashMap<String, Object>();
        for (Difference difference : differences) {
            String name = difference.setting().split("\\.", 2)[0];
            if (settings.containsKey(name) && !name.equals("Architectures")) {
                fields.put(name, Objects.requireNonNull(settings.get(name)));
            }
        }
        return fields;
    }
}
