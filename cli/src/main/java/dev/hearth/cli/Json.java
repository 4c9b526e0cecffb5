package dev.hearth.cli;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// A JSON value as plain Java values: [Map], [List], [String], [Long], [BigDecimal], [Boolean], null.
///
/// Streaming Jackson without its databind, which would double the time the command takes to start.
record Json(@Nullable Object value) {
    private static final JsonFactory FACTORY = new JsonFactory();
    static final Json EMPTY = new Json(Map.of());

    private static final ObjectWriteContext PRETTY = new ObjectWriteContext.Base() {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }
    };

    /// Reads one JSON value.
    ///
    /// @throws IllegalArgumentException when the text is not JSON; the message says where
    static Json parse(byte[] text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            Object value = read(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("there is more after the first JSON value");
            }
            return new Json(value);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    static Json parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The member of an object; JSON null where it is absent or this is no object.
    Json get(String name) {
        return new Json(value instanceof Map<?, ?> map ? map.get(name) : null);
    }

    /// The member of an object as text; empty where it is absent or null.
    Optional<String> text(String name) {
        return Optional.ofNullable(get(name).value).map(Object::toString);
    }

    /// The member of an object as text, or an empty text.
    String textOrEmpty(String name) {
        return text(name).orElse("");
    }

    /// The member of an object as a whole number.
    Optional<Long> number(String name) {
        return get(name).value instanceof Number n ? Optional.of(n.longValue()) : Optional.empty();
    }

    /// The elements of an array; none where this is no array.
    List<Json> items() {
        return value instanceof List<?> list
                ? list.stream().<Json>map(Json::new).toList()
                : List.of();
    }

    boolean isNull() {
        return value == null;
    }

    /// On one line.
    String compact() {
        return write(value, ObjectWriteContext.empty());
    }

    /// Over several lines.
    String pretty() {
        return write(value, PRETTY);
    }

    private static @Nullable Object read(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case null, default -> throw new IllegalArgumentException("there is no JSON value");
        };
    }

    private static Number integer(JsonParser parser) {
        BigDecimal exact = parser.getDecimalValue();
        return exact.precision() <= 18 ? Long.valueOf(exact.longValueExact()) : exact;
    }

    private static Map<String, @Nullable Object> readObject(JsonParser parser) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, read(parser));
        }
        return members;
    }

    private static List<@Nullable Object> readArray(JsonParser parser) {
        var elements = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(parser));
        }
        return elements;
    }

    private static String write(@Nullable Object value, ObjectWriteContext context) {
        var text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(context, text)) {
            write(out, value);
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, @Nullable Object value) {
        switch (value) {
            case null -> out.writeNull();
            case Json json -> write(out, json.value());
            case Map<?, ?> map -> writeObject(out, map);
            case List<?> list -> {
                out.writeStartArray();
                list.forEach(element -> write(out, element));
                out.writeEndArray();
            }
            case Boolean flag -> out.writeBoolean(flag);
            case BigDecimal number -> out.writeNumber(number);
            case Number number -> out.writeNumber(number.longValue());
            default -> out.writeString(value.toString());
        }
    }

    private static void writeObject(JsonGenerator out, Map<?, ?> map) {
        out.writeStartObject();
        map.forEach((name, member) -> {
            out.writeName(String.valueOf(name));
            write(out, member);
        });
        out.writeEndObject();
    }
}
