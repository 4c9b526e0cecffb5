package dev.hearth.cli;

import static java.util.Objects.requireNonNull;

import dev.hearth.http.HttpServer;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.model.SystemClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/// A server that keeps functions in a map and answers as the Lambda and Logs APIs do, as far as commands look at it.
final class FakeHearth implements AutoCloseable {
    private static final String FUNCTIONS = "/2015-03-31/functions";

    final Map<String, Map<String, Object>> functions = new LinkedHashMap<>();
    final Map<String, byte[]> code = new LinkedHashMap<>();
    final List<String> requests = new ArrayList<>();
    final List<Map<String, String>> authorizations = new ArrayList<>();
    /// What `GET /configuration` reports before the function is ready: State and LastUpdateStatus, one pair per call.
    final Queue<Map<String, Object>> statesOnTheWay = new ConcurrentLinkedQueue<>();

    /// What the last CreateFunction asked for, but for the code.
    Map<String, Object> created = Map.of();

    /// What the last UpdateFunctionConfiguration asked for.
    Map<String, Object> updated = Map.of();

    final List<Map<String, Object>> logEvents = new ArrayList<>();
    Map<String, Object> settledState = Map.of("State", "Active", "LastUpdateStatus", "Successful");
    String runtimes = "[]";
    final FakeStarts starts = new FakeStarts();
    Response answerToInvoke = Response.of(200, "application/json", "{\"ok\":true}".getBytes(StandardCharsets.UTF_8));
    /// What anything below `/_hearth/async/` is answered.
    Response async = Response.of(404, "application/json", "{}".getBytes(StandardCharsets.UTF_8));

    Response answerToStream = Response.empty(500);
    String lastEvent = "";
    /// How often there is a log group to delete.
    int logGroups = 1;

    /// With less memory, functions fail.
    long leastMemoryMb;
    /// How long a function runs.
    long serviceNanos;

    private final HttpServer server;

    FakeHearth() throws IOException {
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = HttpServer.start(anyPort, SystemClock.INSTANCE, this::handle);
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    void has(String name, String runtime, String handler) {
        functions.put(name, configuration(name, Map.of("Runtime", runtime, "Handler", handler)));
        code.put(name, new byte[] {1, 2, 3});
    }

    private synchronized Response handle(Request request) throws IOException {
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        requests.add(request.method() + " " + request.path() + query);
        request.headers().first("Authorization").ifPresent(a -> authorizations.add(Map.of("Authorization", a)));
        byte[] body = request.readBody(100_000_000);
        if (request.path().equals("/_hearth/runtimes")) {
            return json(200, runtimes);
        }
        if (request.path().startsWith("/_hearth/async/")) {
            return async;
        }
        if (FakeStarts.isArrangement(request.path())) {
            return starts.arrange(request.path() + query);
        }
        if (request.path().startsWith("/_hearth/code/")) {
            String of = request.path().substring("/_hearth/code/".length());
            return Response.of(200, "application/zip", of(code, of));
        }
        if (request.path().equals("/")) {
            String operation = request.headers().first("X-Amz-Target").orElse("");
            requests.add(operation);
            if (operation.endsWith("DeleteLogGroup")) {
                return deleteLogGroup();
            }
            return logs(body);
        }
        String rest = request.path().substring(FUNCTIONS.length()); // both dates are of one length
        String[] parts = rest.split("/");
        if (parts.length < 2) {
            return request.method().equals("GET") ? list() : create(body);
        }
        String name = parts[1];
        if (!functions.containsKey(name)) {
            String message = "Function not found: arn:aws:lambda:us-east-1:000000000000:function:" + name;
            return json(404, "{\"Type\":\"User\",\"Message\":\"" + message + "\"}")
                    .with("x-amzn-ErrorType", "ResourceNotFoundException");
        }
        return function(request, request.method() + " " + (parts.length > 2 ? parts[2] : ""), name, body);
    }

    private Response function(Request request, String operation, String name, byte[] body) {
        return switch (operation) {
            case "GET configuration" -> state(name);
            case "PUT code" -> updateCode(name, body);
            case "PUT configuration" -> update(name, body);
            case "POST versions" -> json(201, "{\"Version\":\"7\"}");
            case "GET " -> function(name);
            case "POST response-streaming-invocations" -> {
                lastEvent = new String(body, StandardCharsets.UTF_8);
                yield answerToStream;
            }
            case "POST invocations" ->
                starts.report(request, (Long) of(of(functions, name), "MemorySize"), invoke(name, body));
            case "DELETE " -> {
                functions.remove(name);
                yield Response.empty(204);
            }
            default -> json(404, "{\"Message\":\"no operation " + operation + "\"}");
        };
    }

    private Response function(String name) {
        Map<String, Object> answer = Map.of(
                "Configuration", of(functions, name),
                "Code", Map.of("Location", endpoint() + "/_hearth/code/" + name + "?token=1"),
                "Tags", Map.of("team", "a"));
        return json(200, new Json(answer).compact());
    }

    private Response invoke(String name, byte[] body) {
        lastEvent = new String(body, StandardCharsets.UTF_8);
        for (long end = System.nanoTime() + serviceNanos, left = serviceNanos;
                left > 0;
                left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return (Long) of(of(functions, name), "MemorySize") < leastMemoryMb
                ? json(200, "{\"errorType\":\"Runtime.OutOfMemory\"}").with("X-Amz-Function-Error", "Unhandled")
                : answerToInvoke;
    }

    private Response state(String name) {
        var answer = new LinkedHashMap<>(of(functions, name));
        Map<String, Object> onTheWay = statesOnTheWay.poll();
        answer.putAll(onTheWay == null ? settledState : onTheWay);
        return json(200, new Json(answer).compact());
    }

    private Response create(byte[] body) {
        Map<String, Object> fields = fields(body);
        String name = (String) of(fields, "FunctionName");
        keepCode(name, (Map<?, ?>) requireNonNull(fields.remove("Code")));
        created = fields;
        functions.put(name, configuration(name, fields));
        return json(201, new Json(functions.get(name)).compact());
    }

    private Response updateCode(String name, byte[] body) {
        keepCode(name, fields(body));
        of(functions, name).put("CodeSha256", String.valueOf(Arrays.hashCode(code.get(name))));
        return json(200, new Json(functions.get(name)).compact());
    }

    private Response update(String name, byte[] body) {
        updated = fields(body);
        of(functions, name).putAll(updated);
        return json(200, new Json(functions.get(name)).compact());
    }

    private Response list() {
        return json(200, new Json(Map.of("Functions", List.copyOf(functions.values()))).compact());
    }

    private Response deleteLogGroup() {
        if (logGroups-- > 0) {
            return json(200, "{}");
        }
        return json(400, "{\"__type\":\"ResourceNotFoundException\",\"message\":\"no such group\"}");
    }

    private Response logs(byte[] body) {
        long from = Json.parse(body).number("startTime").orElse(0L);
        List<Map<String, Object>> events = logEvents.stream()
                .filter(event -> (Long) of(event, "timestamp") >= from)
                .toList();
        return json(200, new Json(Map.of("events", events)).compact());
    }

    private void keepCode(String name, Map<?, ?> fields) {
        code.put(name, Base64.getDecoder().decode((String) requireNonNull(fields.get("ZipFile"))));
    }

    private static Map<String, Object> configuration(String name, Map<String, Object> fields) {
        var all = new LinkedHashMap<String, Object>();
        all.put("FunctionName", name);
        all.put("MemorySize", 128L);
        all.put("Timeout", 3L);
        all.put("CodeSize", 1_234L);
        all.put("LastModified", "2026-01-31T12:34:56.000+0000");
        all.putAll(fields);
        return all;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(byte[] body) {
        return new LinkedHashMap<>(
                (Map<String, Object>) requireNonNull(Json.parse(body).value()));
    }

    static <V> V of(Map<String, V> map, String key) {
        return requireNonNull(map.get(key), key);
    }

    private static Response json(int status, String text) {
        return Response.of(status, "application/json", text.getBytes(StandardCharsets.UTF_8));
    }
}
