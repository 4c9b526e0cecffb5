package dev.hearth.events;

import dev.hearth.model.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// What a destination gets: AWS's record of an asynchronous invocation, version 1.0.
///
/// <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html>
///
/// @param event       the event
/// @param functionArn with the qualifier the event was sent to
/// @param condition   how it ended
/// @param attempts    how often the function ran
/// @param last        its last attempt; empty where it never ran, or nobody remembers
record InvocationRecord(
        StoredEvent event, String functionArn, Condition condition, int attempts, Optional<Attempt> last) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    Payload json(Instant now) {
        var bytes = new ByteArrayOutputStream(event.call().payload().size() + 1_024);
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            out.writeStringProperty("version", "1.0");
            out.writeStringProperty("timestamp", TIME.format(now));
            writeContext(out);
            writeRaw(out, "requestPayload", event.call().payload());
            last.ifPresent(attempt -> write(out, attempt));
            out.writeEndObject();
        }
        return new Payload(bytes.toByteArray());
    }

    private void writeContext(JsonGenerator out) {
        out.writeObjectPropertyStart("requestContext");
        out.writeStringProperty("requestId", event.call().requestId());
        out.writeStringProperty("functionArn", functionArn);
        out.writeStringProperty("condition", condition.awsName());
        out.writeNumberProperty("approximateInvokeCount", attempts);
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Attempt attempt) {
        out.writeObjectPropertyStart("responseContext");
        out.writeNumberProperty("statusCode", 200);
        out.writeStringProperty("executedVersion", attempt.version());
        if (attempt.failed()) {
            out.writeStringProperty("functionError", "Unhandled");
        }
        out.writeEndObject();
        writeRaw(out, "responsePayload", attempt.answer());
    }

    /// JSON as it is; what is none as a text, because the record must be JSON.
    private static void writeRaw(JsonGenerator out, String name, Payload payload) {
        String text = new String(payload.bytes(), StandardCharsets.UTF_8);
        out.writeName(name);
        if (payload.size() == 0) {
            out.writeNull();
        } else if (isJson(payload.bytes())) {
            out.writeRawValue(text);
        } else {
            out.writeString(text);
        }
    }

    private static boolean isJson(byte[] bytes) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false; // that is the answer
        }
    }
}
