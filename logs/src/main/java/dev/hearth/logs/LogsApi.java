package dev.hearth.logs;

import dev.hearth.http.BodyTooLargeException;
import dev.hearth.http.Handler;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.model.Clock;
import dev.hearth.model.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.core.JacksonException;

/// The part of the CloudWatch Logs API that reads what functions wrote, and a little that writes: JSON 1.1, the
/// operation in `X-Amz-Target`. Enough for `aws logs tail --follow` and the SDKs. Any thread.
public final class LogsApi implements Handler {
    private static final System.Logger LOG = System.getLogger("dev.hearth.logs");
    private static final String TARGET = "Logs_20140328.";
    private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
    private static final byte[] NO_RESULT = "{}".getBytes(StandardCharsets.UTF_8);

    /// PutLogEvents takes 1 MB of events; the rest is what JSON adds to them.
    private static final long BODY_LIMIT = 4L * 1_048_576;

    private final GroupOperations groups;
    private final StreamOperations streams;
    private final EventOperations events;

    /// @param scope region and account for the ARNs
    public LogsApi(LogStore store, Scope scope, Clock clock) {
        var names = new Names(scope);
        this.groups = new GroupOperations(store, names);
        this.streams = new StreamOperations(store, names, clock);
        this.events = new EventOperations(store, names, clock);
    }

    @Override
    public Response handle(Request request) {
        try {
            return answer(200, run(request));
        } catch (LogsException e) {
            return error(400, e.type(), String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            String requestId = UUID.randomUUID().toString();
            LOG.log(System.Logger.Level.ERROR, "Logs request failed. requestId=" + requestId, e);
            return error(
                    500,
                    "ServiceUnavailableException",
                    "Hearth could not read or write its logs (" + requestId + " in its own log says why).");
        }
    }

    private byte[] run(Request request) throws IOException {
        String target = request.headers().first("X-Amz-Target").orElse("");
        String name = target.startsWith(TARGET) ? target.substring(TARGET.length()) : target;
        Operation operation = Operation.named(name).orElseThrow(() -> LogsException.unknownOperation(name));
        return run(operation, new Fields(body(request)));
    }

    private byte[] run(Operation operation, Fields fields) throws IOException {
        return switch (operation) {
            case CREATE_LOG_GROUP -> done(() -> groups.create(fields));
            case DELETE_LOG_GROUP -> done(() -> groups.delete(fields));
            case PUT_RETENTION_POLICY -> done(() -> groups.putRetention(fields));
            case DELETE_RETENTION_POLICY -> done(() -> groups.deleteRetention(fields));
            case DESCRIBE_LOG_GROUPS -> groups.describe(fields);
            case LIST_TAGS_FOR_RESOURCE -> groups.tags(fields);
            case CREATE_LOG_STREAM -> done(() -> streams.create(fields));
            case DELETE_LOG_STREAM -> done(() -> streams.delete(fields));
            case DESCRIBE_LOG_STREAMS -> streams.describe(fields);
            case GET_LOG_EVENTS -> events.get(fields);
            case FILTER_LOG_EVENTS -> events.filter(fields);
            case PUT_LOG_EVENTS -> events.put(fields);
        };
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    private static byte[] done(Action action) throws IOException {
        action.run();
        return NO_RESULT;
    }

    private static Json body(Request request) throws IOException {
        try {
            byte[] body = request.readBody(BODY_LIMIT);
            Json json = body.length == 0 ? Json.parse(NO_RESULT) : Json.parse(body);
            if (json instanceof Json.Members) {
                return json;
            }
            throw LogsException.notJson("it is another value");
        } catch (BodyTooLargeException e) {
            throw LogsException.tooLarge(e.limit());
        } catch (JacksonException e) {
            throw LogsException.notJson(e.getOriginalMessage());
        }
    }

    private static Response error(int status, String type, String message) {
        byte[] body = Json.write(out -> {
            out.writeStringProperty("__type", type);
            out.writeStringProperty("message", message);
        });
        return answer(status, body).with("x-amzn-ErrorType", type);
    }

    private static Response answer(int status, byte[] body) {
        return Response.of(status, CONTENT_TYPE, body)
                .with("x-amzn-RequestId", UUID.randomUUID().toString());
    }
}
