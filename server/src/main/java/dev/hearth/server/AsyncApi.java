package dev.hearth.server;

import dev.hearth.events.AsyncEvents;
import dev.hearth.events.EventDetail;
import dev.hearth.events.EventState;
import dev.hearth.events.EventView;
import dev.hearth.events.Redriven;
import dev.hearth.http.Handler;
import dev.hearth.http.Query;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Asynchronous events for their owners. It shows payloads, so it belongs behind the same signature check as the
/// Lambda API.
///
/// | request | answer |
/// |---|---|
/// | `GET /_hearth/async/events[?function=…][&state=…][&limit=…]` | `{"events": [...], "total": n}`, oldest first |
/// | `GET /_hearth/async/events/{id}` | the event with its payload; 404 |
/// | `POST /_hearth/async/events/{id}/redrive` | `{"redriven": [id]}`; 404, or 409 with the reason |
/// | `POST /_hearth/async/redrive?function=…` | `{"redriven": [ids], "refused": [reasons]}` |
record AsyncApi(AsyncEvents events) implements Handler {
    static final String PREFIX = "/_hearth/async/";
    private static final String EVENTS = PREFIX + "events";
    private static final String REDRIVE = "/redrive";
    private static final int LIMIT = 1_000;
    private static final int LIMIT_MAX = 100_000;

    @Override
    public Response handle(Request request) throws IOException {
        String path = request.path();
        Query query = Query.parse(request.query());
        if (path.equals(EVENTS)) {
            return list(query);
        }
        if (path.equals(PREFIX + "redrive")) {
            return isPost(request) ? redriveAll(query) : notAPost(request);
        }
        if (path.startsWith(EVENTS + "/") && path.endsWith(REDRIVE)) {
            String id = path.substring(EVENTS.length() + 1, path.length() - REDRIVE.length());
            return isPost(request) ? redrive(id) : notAPost(request);
        }
        if (path.startsWith(EVENTS + "/")) {
            return show(path.substring(EVENTS.length() + 1));
        }
        return problem(404, "There is no " + path + "; there is " + EVENTS + ".");
    }

    private static boolean isPost(Request request) {
        return request.method().equals("POST");
    }

    private static Response notAPost(Request request) {
        return problem(405, request.path() + " takes POST, not " + request.method() + ".");
    }

    private Response list(Query query) {
        Optional<String> label = query.first("state");
        Optional<EventState> state = label.flatMap(EventState::of);
        if (label.isPresent() && state.isEmpty()) {
            return problem(
                    400,
                    "There is no state '" + label.get() + "'; the states are pending, retrying, dead, undelivered.");
        }
        Optional<Integer> limit = limit(query.first("limit").orElse("" + LIMIT));
        if (limit.isEmpty()) {
            return problem(
                    400,
                    "The limit '" + query.first("limit").orElse("") + "' is not a number from 0 to " + LIMIT_MAX + ".");
        }
        Optional<String> function = query.first("function");
        List<EventView> found = events.list().stream()
                .filter(event -> function.isEmpty() || event.function().equals(function.get()))
                .filter(event -> state.isEmpty() || event.state() == state.get())
                .toList();
        return json(
                200,
                Map.of(
                        "events",
                        found.stream().limit(limit.get()).map(AsyncApi::fields).toList(),
                        "total",
                        found.size()));
    }

    private static Optional<Integer> limit(String text) {
        try {
            return Optional.of(Integer.parseInt(text)).filter(number -> number >= 0 && number <= LIMIT_MAX);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Response show(String id) throws IOException {
        Optional<EventDetail> event = events.show(id);
        if (event.isEmpty()) {
            return unknown(id);
        }
        EventDetail detail = event.get();
        Map<String, Object> fields = fields(detail.event());
        fields.put("arn", detail.arn());
        fields.put("traceId", detail.traceId());
        if (!detail.recordOf().isEmpty()) {
            fields.put("recordOf", detail.recordOf());
        }
        fields.put("payload", payload(detail.payload().bytes()));
        return json(200, fields);
    }

    /// Payloads were checked when they came: what is not JSON nevertheless is shown as a text.
    private static Object payload(byte[] bytes) {
        try {
            return JsonMapper.shared().readTree(bytes);
        } catch (JacksonException e) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private Response redrive(String id) throws IOException {
        return switch (events.redrive(id)) {
            case Redriven.Queued(String queued) -> json(200, Map.of("redriven", List.of(queued)));
            case Redriven.Unknown() -> unknown(id);
            case Redriven.Refused(String reason) -> problem(409, reason);
        };
    }

    private Response redriveAll(Query query) throws IOException {
        String function = query.first("function").orElse("");
        if (function.isEmpty()) {
            return problem(400, "Name the function whose events are to be redriven: ?function=NAME.");
        }
        List<Redriven> results = events.redriveAll(function);
        return json(
                200,
                Map.of(
                        "redriven",
                        results.stream()
                                .flatMap(result -> result instanceof Redriven.Queued(String id)
                                        ? java.util.stream.Stream.of(id)
                                        : java.util.stream.Stream.empty())
                                .toList(),
                        "refused",
                        results.stream()
                                .flatMap(result -> result instanceof Redriven.Refused(String reason)
                                        ? java.util.stream.Stream.of(reason)
                                        : java.util.stream.Stream.empty())
                                .distinct()
                                .toList()));
    }

    private static Map<String, Object> fields(EventView event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", event.id());
        fields.put("function", event.function());
        fields.put("qualifier", event.qualifier());
        fields.put("state", event.state().label());
        fields.put("attempts", event.attempts());
        fields.put("acceptedAt", event.acceptedAt().toString());
        fields.put(
                event.state().isQueued() ? "nextAttempt" : "keptSince",
                event.due().toString());
        fields.put("bytes", event.bytes());
        fields.put("reason", event.reason());
        return fields;
    }

    private static Response unknown(String id) {
        return problem(
                404,
                "There is no event '" + id + "': it was delivered, or its time is over. `hearth async list` names those"
                        + " there are.");
    }

    private static Response problem(int status, String message) {
        return json(status, Map.of("message", message));
    }

    private static Response json(int status, Object value) {
        return Response.of(status, "application/json", JsonMapper.shared().writeValueAsBytes(value));
    }
}
