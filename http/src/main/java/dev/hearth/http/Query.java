package dev.hearth.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The parameters of a query string, decoded, in order.
public record Query(List<Parameter> parameters) {
    private static final Query EMPTY = new Query(List.of());

    public record Parameter(String name, String value) {}

    /// @param raw as sent, without the question mark
    public static Query parse(String raw) {
        if (raw.isEmpty()) {
            return EMPTY;
        }
        var parameters = new ArrayList<Parameter>();
        for (String pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.add(new Parameter(PercentEncoding.decode(name), PercentEncoding.decode(value)));
            }
        }
        return new Query(parameters);
    }

    public Optional<String> first(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name.equals(name)) {
                return Optional.of(parameter.value);
            }
        }
        return Optional.empty();
    }

    public List<String> all(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name.equals(name))
                .map(Parameter::value)
                .toList();
    }
}
