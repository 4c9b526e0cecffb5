package dev.hearth.logs;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// JSON as a small closed type, and JSON written.
sealed interface Json {
    JsonFactory FACTORY = new JsonFactory();

    record Members(Map<String, Json> values) implements Json {}

    record Elements(List<Json> values) implements Json {}

    record Text(String value) implements Json {}

    record Numeric(double value, String text) implements Json {}

    record Truth(boolean value) implements Json {}

    record Nothing() implements Json {}

    /// A member of an object; empty where there is none, or this is no object.
    default Optional<Json> member(String name) {
        return this instanceof Members(Map<String, Json> values)
                ? Optional.ofNullable(values.get(name))
                : Optional.empty();
    }

    /// @throws JacksonException when it is not one JSON value
    static Json parse(byte[] bytes) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            return whole(parser);
        }
    }

    /// The value where a text is one JSON object or array; empty otherwise.
    static Optional<Json> tryParse(String text) {
        String start = text.stripLeading();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            return Optional.empty();
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return Optional.of(whole(parser));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /// Writes one object.
    static byte[] write(Consumer<JsonGenerator> members) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            members.accept(out);
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static Json whole(JsonParser parser) {
        Json value = value(parser, parser.nextToken());
        if (parser.nextToken() != null) {
            throw new tools.jackson.core.exc.StreamReadException(parser, "more than one value");
        }
        return value;
    }

    private static Json value(JsonParser parser, @Nullable JsonToken token) {
        return switch (token) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> elements(parser);
            case VALUE_STRING -> new Text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                new Numeric(Double.parseDouble(parser.getString()), parser.getString());
            case VALUE_TRUE -> new Truth(true);
            case VALUE_FALSE -> new Truth(false);
            case VALUE_NULL -> new Nothing();
            case null, default -> throw new tools.jackson.core.exc.StreamReadException(parser, "no value");
        };
    }

    private static Json members(JsonParser parser) {
        var values = new LinkedHashMap<String, Json>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            values.put(name, value(parser, parser.nextToken()));
        }
        return new Members(values);
    }

    private static Json elements(JsonParser parser) {
        var values = new ArrayList<Json>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(value(parser, token));
        }
        return new Elements(values);
    }
}
