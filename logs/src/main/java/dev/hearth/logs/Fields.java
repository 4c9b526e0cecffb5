package dev.hearth.logs;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The members of a request, with their types checked.
record Fields(Json json) {

    Optional<String> text(String name) {
        return json.member(name)
                .filter(value -> !(value instanceof Json.Nothing))
                .map(value -> {
                    if (value instanceof Json.Text(String text)) {
                        return text;
                    }
                    throw wrong(name, "a string");
                });
    }

    String required(String name) {
        return text(name)
                .orElseThrow(() -> LogsException.invalid("1 validation error detected: Value at '" + name
                        + "' failed to satisfy constraint: Member must not be null"));
    }

    OptionalLong number(String name) {
        Optional<Json> value = json.member(name).filter(v -> !(v instanceof Json.Nothing));
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (value.get() instanceof Json.Numeric(double number, String text)) {
            return OptionalLong.of((long) number);
        }
        throw wrong(name, "a number");
    }

    /// A number between bounds, or its default.
    int limit(String name, int fallback, int most) {
        long value = number(name).orElse(fallback);
        if (value < 1 || value > most) {
            throw LogsException.invalid("1 validation error detected: Value '" + value + "' at '" + name
                    + "' failed to satisfy constraint: Member must have value between 1 and " + most);
        }
        return (int) value;
    }

    boolean flag(String name) {
        return json.member(name).filter(new Json.Truth(true)::equals).isPresent();
    }

    List<Json> list(String name) {
        Optional<Json> value = json.member(name).filter(v -> !(v instanceof Json.Nothing));
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof Json.Elements(List<Json> values)) {
            return values;
        }
        throw wrong(name, "a list");
    }

    List<String> texts(String name) {
        return list(name).stream()
                .map(value -> {
                    if (value instanceof Json.Text(String text)) {
                        return text;
                    }
                    throw wrong(name, "a list of strings");
                })
                .toList();
    }

    private static LogsException wrong(String name, String type) {
        return LogsException.invalid("The member '" + name + "' must be " + type + ".");
    }
}
