package dev.hearth.lambdaapi;

import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The members of a JSON object in a request. A `null` member counts as absent; a member of another type than is
/// asked for is a SerializationException; members nobody asks for are ignored.
record Fields(Map<String, Object> members) {
    static final Fields NONE = new Fields(Map.of());

    boolean has(String name) {
        return members.containsKey(name);
    }

    Optional<String> string(String name) {
        return get(name, String.class, "a String");
    }

    boolean flag(String name) {
        return get(name, Boolean.class, "a Boolean").orElse(false);
    }

    Optional<Boolean> optionalFlag(String name) {
        return get(name, Boolean.class, "a Boolean");
    }

    Optional<byte[]> bytes(String name) {
        return get(name, byte[].class, "a Blob");
    }

    Optional<Fields> object(String name) {
        return get(name, Fields.class, "a Structure");
    }

    Optional<Integer> integer(String name) {
        return get(name, Number.class, "an Integer").map(number -> {
            if (number.longValue() != number.doubleValue() || number.longValue() != number.intValue()) {
                throw wrongType(name, number, "an Integer");
            }
            return number.intValue();
        });
    }

    Optional<List<String>> strings(String name) {
        return get(name, List.class, "a List").map(list -> {
            var strings = new ArrayList<String>(list.size());
            for (Object element : list) {
                strings.add(cast(name, element, String.class, "a String"));
            }
            return strings;
        });
    }

    Optional<Map<String, String>> stringMap(String name) {
        return object(name).map(object -> {
            var map = new LinkedHashMap<String, String>();
            object.members.forEach((key, value) -> map.put(key, cast(name, value, String.class, "a String")));
            return map;
        });
    }

    Optional<Map<String, Double>> doubleMap(String name) {
        return object(name).map(object -> {
            var map = new LinkedHashMap<String, Double>();
            object.members.forEach((key, value) ->
                    map.put(key, cast(name, value, Number.class, "a Double").doubleValue()));
            return map;
        });
    }

    private <T> Optional<T> get(String name, Class<T> type, String wanted) {
        return Optional.ofNullable(members.get(name)).map(value -> cast(name, value, type, wanted));
    }

    private static <T> T cast(String name, Object value, Class<T> type, String wanted) {
        if (!type.isInstance(value)) {
            throw wrongType(name, value, wanted);
        }
        return type.cast(value);
    }

    private static ApiException wrongType(String name, Object value, String wanted) {
        return new ApiException(
                ErrorCode.SERIALIZATION,
                "%s of member '%s' can not be converted to %s".formatted(kind(value), name, wanted));
    }

    private static String kind(Object value) {
        return switch (value) {
            case String s -> "STRING_VALUE";
            case Boolean b -> b ? "TRUE_VALUE" : "FALSE_VALUE";
            case Number n -> "NUMBER_VALUE " + n;
            case List<?> l -> "START_ARRAY";
            case Fields f -> "START_OBJECT";
            default -> "VALUE";
        };
    }
}
