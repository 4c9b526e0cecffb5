package dev.hearth.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// A JSON object that we wrote ourselves: what is missing or of another type is damage.
///
/// @param members strings, numbers, truth values, lists, and objects as this record; without those that are null
record StoredObject(Map<String, Object> members) {

    static StoredObject parse(JsonFactory factory, String json) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            return object(parser);
        }
    }

    String text(String name) {
        return member(name, String.class);
    }

    Optional<String> optionalText(String name) {
        return Optional.ofNullable(members.get(name)).map(String.class::cast);
    }

    long number(String name) {
        return member(name, Number.class).longValue();
    }

    Optional<Integer> optionalNumber(String name) {
        return has(name) ? Optional.of((int) number(name)) : Optional.empty();
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    /// The members with objects in them as maps.
    Map<String, Object> plain() {
        var plain = new LinkedHashMap<String, Object>();
        members.forEach((name, value) -> plain.put(name, plain(value)));
        return plain;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case StoredObject object -> object.plain();
            case List<?> list -> list.stream().map(StoredObject::plain).toList();
            default -> value;
        };
    }

    /// False where it is absent.
    boolean flagOrFalse(String name) {
        return members.containsKey(name) && flag(name);
    }

    boolean flag(String name) {
        return member(name, Boolean.class);
    }

    StoredObject object(String name) {
        return member(name, StoredObject.class);
    }

    Optional<StoredObject> optionalObject(String name) {
        return Optional.ofNullable(members.get(name)).map(StoredObject.class::cast);
    }

    List<String> texts(String name) {
        return list(name, String.class::cast);
    }

    List<StoredObject> objects(String name) {
        return list(name, StoredObject.class::cast);
    }

    /// The members of an object, in order.
    <T> Map<String, T> map(String name, Function<Object, T> value) {
        var values = new LinkedHashMap<String, T>();
        object(name).members().forEach((key, found) -> values.put(key, value.apply(found)));
        return values;
    }

    private <T> List<T> list(String name, Function<Object, T> value) {
        var values = new ArrayList<T>();
        for (Object found : member(name, List.class)) {
            values.add(value.apply(found));
        }
        return values;
    }

    private <T> T member(String name, Class<T> type) {
        Object value = members.get(name);
        if (!type.isInstance(value)) {
            throw new CatalogException("The catalog is damaged: a record has no '" + name + "', or not as "
                    + type.getSimpleName() + ". Restore it from a backup, or deploy the function again.");
        }
        return type.cast(value);
    }

    private static StoredObject object(JsonParser parser) {
        var members = new LinkedHashMap<String, Object>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            Object value = value(parser, parser.nextToken());
            if (value != null) {
                members.put(name, value);
            }
        }
        return new StoredObject(members);
    }

    private static @Nullable Object value(JsonParser parser, @Nullable JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case null, default -> null;
        };
    }

    private static List<Object> array(JsonParser parser) {
        var values = new ArrayList<Object>();
        for (JsonToken token = parser.nextToken();
                token != null && token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            Object value = value(parser, token);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }
}
