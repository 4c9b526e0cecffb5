package dev.hearth.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The body of an extension's registration: `{"events": ["INVOKE", "SHUTDOWN"]}`.
final class RegisterBody {
    private static final JsonFactory FACTORY = new JsonFactory();

    private RegisterBody() {}

    /// The names of the events; empty where it is not such a document. A document without events has none.
    static Optional<List<String>> events(String json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            List<String> events = new ArrayList<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean known = parser.currentName().equals("events");
                JsonToken value = parser.nextToken();
                if (!known || value == JsonToken.VALUE_NULL) {
                    parser.skipChildren();
                } else if (value != JsonToken.START_ARRAY || !strings(parser, events)) {
                    return Optional.empty();
                }
            }
            return Optional.of(events);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static boolean strings(JsonParser parser, List<String> into) {
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
            into.add(parser.getString());
        }
        return parser.currentToken() == JsonToken.END_ARRAY;
    }
}
