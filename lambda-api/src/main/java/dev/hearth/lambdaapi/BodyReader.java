package dev.hearth.lambdaapi;

import dev.hearth.http.BodyTooLargeException;
import dev.hearth.http.Request;
import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// Reads the JSON body of a control-plane request. A zip in it is decoded from Base64 as it arrives, so that it is in
/// memory once and never as text.
final class BodyReader {
    /// What AWS accepts as a request: 50 MB in Base64 and some settings.
    static final long LIMIT = 70_167_211;

    private static final String ZIP = "ZipFile";

    private BodyReader() {}

    /// @param operation AWS's name of the operation, for the message when the body is too large
    static Fields read(Request request, String operation) throws IOException {
        if (request.contentLength() > LIMIT) {
            throw tooLarge(operation, new BodyTooLargeException(LIMIT));
        }
        var body = new LimitedStream(request.body(), LIMIT);
        try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), body)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return Fields.NONE;
            }
            if (first != JsonToken.START_OBJECT) {
                throw new ApiException(ErrorCode.SERIALIZATION, "Unexpected token " + first + ": expected an object");
            }
            Fields fields = object(parser);
            if (parser.nextToken() != null) {
                throw new ApiException(ErrorCode.SERIALIZATION, "Unexpected text after the end of the object");
            }
            return fields;
        } catch (JacksonException e) {
            throw unreadable(operation, e);
        }
    }

    /// Reads an object that a function made; empty where it is none.
    static Optional<Fields> parse(byte[] json) {
        try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), json)) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            return object ? Optional.of(object(parser)) : Optional.empty();
        } catch (JacksonException | ApiException notAnObject) {
            return Optional.empty(); // which is what was asked
        }
    }

    /// @throws IOException when the caller went away while it was sending
    private static ApiException unreadable(String operation, JacksonException e) throws IOException {
        if (e.getCause() instanceof BodyTooLargeException) {
            return tooLarge(operation, e);
        }
        if (e.getCause() instanceof IOException broken) {
            throw broken;
        }
        return new ApiException(
                ErrorCode.SERIALIZATION, "Could not parse request body into json: " + e.getOriginalMessage(), e);
    }

    private static ApiException tooLarge(String operation, Exception cause) {
        return new ApiException(
                ErrorCode.REQUEST_ENTITY_TOO_LARGE,
                "Request must be smaller than %d bytes for the %s operation".formatted(LIMIT, operation),
                cause);
    }

    private static Fields object(JsonParser parser) {
        var members = new LinkedHashMap<String, Object>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            Object value = name.equals(ZIP) && token == JsonToken.VALUE_STRING ? decoded(parser) : value(parser, token);
            if (value == null) {
                members.remove(name);
            } else {
                members.put(name, value);
            }
        }
        return new Fields(members);
    }

    private static List<Object> list(JsonParser parser) {
        var elements = new ArrayList<Object>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            Object value = value(parser, token);
            if (value == null) {
                throw new ApiException(ErrorCode.SERIALIZATION, "NULL_VALUE in a list: Member must not be null");
            }
            elements.add(value);
        }
        return elements;
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("a parser's value cannot start with " + token);
        };
    }

    private static byte[] decoded(JsonParser parser) {
        var zip = new ByteArrayOutputStream(8 * 1024);
        parser.readBinaryValue(zip);
        return zip.toByteArray();
    }

    /// Ends with an exception when there is more than the limit.
    private static final class LimitedStream extends InputStream {
        private final InputStream in;
        private final long limit;
        private long left;

        LimitedStream(InputStream in, long limit) {
            this.in = in;
            this.limit = limit;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count(read);
            return read;
        }

        private void count(int read) throws IOException {
            left -= Math.max(read, 0);
            if (left < 0) {
                throw new BodyTooLargeException(limit);
            }
        }
    }
}
