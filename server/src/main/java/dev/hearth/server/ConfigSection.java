package dev.hearth.server;

import dev.hearth.cli.Similar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A map of a configuration file that is being read: asking for a key declares it, and what was never asked
/// for is unknown. Mistakes are collected, so that all are told at once.
final class ConfigSection {
    private final String path;
    private final Map<String, Object> values;
    private final List<String> errors;
    private final TreeSet<String> known = new TreeSet<>();
    private final List<ConfigSection> children = new ArrayList<>();

    private ConfigSection(String path, Map<String, Object> values, List<String> errors) {
        this.path = path;
        this.values = values;
        this.errors = errors;
    }

    /// The whole file.
    static ConfigSection root(Map<String, Object> values) {
        return new ConfigSection("", values, new ArrayList<>());
    }

    Optional<String> text(String key) {
        Object value = take(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Map || value instanceof List) {
            error(key, "must be text");
            return Optional.empty();
        }
        return Optional.of(value.toString());
    }

    String text(String key, String byDefault) {
        return text(key).orElse(byDefault);
    }

    int integer(String key, int byDefault, int min, int max) {
        Object value = take(key);
        if (value == null) {
            return byDefault;
        }
        if (value instanceof Integer number && number >= min && number <= max) {
            return number;
        }
        error(key, "must be a whole number from " + min + " to " + max + ", not '" + value + "'");
        return byDefault;
    }

    boolean flag(String key, boolean byDefault) {
        Object value = take(key);
        if (value == null) {
            return byDefault;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        error(key, "must be true or false, not '" + value + "'");
        return byDefault;
    }

    <E extends Enum<E>> E choice(String key, E byDefault) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return byDefault;
        }
        Class<E> type = byDefault.getDeclaringClass();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text.get())) {
                return constant;
            }
        }
        String all = Stream.of(type.getEnumConstants())
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        error(key, "must be one of " + all + ", not '" + text.get() + "'");
        return byDefault;
    }

    /// A nested map; an empty one where there is none.
    ConfigSection section(String key) {
        Object value = take(key);
        if (value != null && !(value instanceof Map)) {
            error(key, "must be a map of settings");
        }
        return child(path + key + ".", value);
    }

    /// A list of maps; empty where there is none.
    List<ConfigSection> sections(String key) {
        List<ConfigSection> sections = new ArrayList<>();
        for (Object element : list(key)) {
            if (element instanceof Map) {
                sections.add(child(path + key + "[" + sections.size() + "].", element));
            } else {
                error(key, "must be a list of maps");
            }
        }
        return sections;
    }

    /// A list of texts; empty where there is none.
    List<String> texts(String key) {
        return list(key).stream().map(String::valueOf).toList();
    }

    void error(String key, String problem) {
        errors.add(path + key + " " + problem);
    }

    /// Every mistake found in this section and those below it, the unknown keys among them.
    List<String> finish() {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                errors.add(path + key + " is not a setting" + suggestion(key));
            }
        }
        children.forEach(ConfigSection::finish);
        return errors;
    }

    private String suggestion(String key) {
        return Similar.to(key, known)
                .map(meant -> "; did you mean '" + meant + "'?")
                .orElse("; there are " + String.join(", ", known));
    }

    private List<?> list(String key) {
        Object value = take(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        error(key, "must be a list");
        return List.of();
    }

    private @Nullable Object take(String key) {
        known.add(key);
        return values.get(key);
    }

    private ConfigSection child(String childPath, @Nullable Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> given) {
            given.forEach((k, v) -> map.put(String.valueOf(k), v));
        }
        ConfigSection child = new ConfigSection(childPath, map, errors);
        children.add(child);
        return child;
    }
}
