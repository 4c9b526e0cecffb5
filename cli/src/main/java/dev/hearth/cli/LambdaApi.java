package dev.hearth.cli;

import dev.hearth.cli.HttpConnection.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The calls of the AWS Lambda API that commands make. Errors are [RefusedByServer].
final class LambdaApi {
    private static final String FUNCTIONS = "/2015-03-31/functions";
    private static final byte[] NOTHING = {};
    private static final Map<String, String> JSON_BODY = Map.of("Content-Type", "application/json");

    private final HttpConnection connection;

    LambdaApi(HttpConnection connection) {
        this.connection = connection;
    }

    /// An invocation's answer.
    ///
    /// @param functionError `Handled` or `Unhandled`; empty where the function succeeded
    /// @param log           the last of the log; empty where it was not asked for
    record Invoked(int status, byte[] payload, String functionError, String executedVersion, String log) {}

    /// The end of an invocation whose answer was handed over as it came.
    ///
    /// @param errorCode empty where the function succeeded
    /// @param log       the last of the log; empty where it was not asked for
    record Streamed(String errorCode, String errorDetails, String executedVersion, String log) {}

    /// An invocation whose start the server reported on.
    ///
    /// @param requestId the invocation's id, as its log has it
    /// @param nanos     what the caller waited, from sending to the whole answer
    record Measured(Invoked answer, StartReport start, String requestId, long nanos) {}

    /// A function's configuration; empty where there is no such function.
    Optional<Json> configuration(String name) {
        try {
            return Optional.of(get(FUNCTIONS + "/" + encode(name) + "/configuration"));
        } catch (RefusedByServer e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// A function with where its code is and its tags.
    Json function(String name, Optional<String> qualifier) {
        return get(FUNCTIONS + "/" + encode(name) + query("Qualifier", qualifier));
    }

    /// The code behind a link that [#function] gave. Read from the server that gave it, whatever host the link names.
    byte[] code(String link) {
        URI uri = URI.create(link);
        String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        Answer answer = connection.send("GET", target, "lambda", Map.of(), NOTHING);
        if (answer.status() >= 300) {
            throw Answers.error(answer);
        }
        return answer.body();
    }

    /// The content of a layer version.
    byte[] layerCode(String arn) {
        Json layer = get("/2018-10-31/layers?find=LayerVersion&Arn=" + encode(arn));
        return code(layer.get("Content").textOrEmpty("Location"));
    }

    Json create(Map<String, Object> request) {
        return send("POST", FUNCTIONS, request);
    }

    Json updateCode(String name, Map<String, Object> request) {
        return send("PUT", FUNCTIONS + "/" + encode(name) + "/code", request);
    }

    Json updateConfiguration(String name, Map<String, Object> request) {
        return send("PUT", FUNCTIONS + "/" + encode(name) + "/configuration", request);
    }

    Json publishVersion(String name) {
        return send("POST", FUNCTIONS + "/" + encode(name) + "/versions", Map.of());
    }

    /// Deletes a function, or one version of it where a qualifier is given.
    void delete(String name, Optional<String> qualifier) {
        String target = FUNCTIONS + "/" + encode(name) + query("Qualifier", qualifier);
        Answers.json(connection.send("DELETE", target, "lambda", Map.of(), NOTHING));
    }

    /// The configurations of all functions.
    List<Json> list() {
        var all = new ArrayList<Json>();
        Optional<String> marker = Optional.empty();
        do {
            Json page = get(FUNCTIONS + "/" + query("Marker", marker));
            all.addAll(page.get("Functions").items());
            marker = page.text("NextMarker");
        } while (marker.isPresent());
        return all;
    }

    Invoked invoke(String name, Optional<String> qualifier, boolean withLog, byte[] payload) {
        Map<String, String> headers = withLog
                ? Map.of("Content-Type", "application/json", "X-Amz-Log-Type", "Tail")
                : Map.of("Content-Type", "application/json");
        return invoked(connection.send("POST", invocations(name, qualifier), "lambda", headers, payload));
    }

    /// Invokes with the answer handed over while the function writes it.
    ///
    /// @param answer reads it; it ends where the answer does
    Streamed stream(
            String name, Optional<String> qualifier, boolean withLog, byte[] payload, EventStream.Reading answer) {
        Map<String, String> headers = withLog
                ? Map.of("Content-Type", "application/json", "X-Amz-Log-Type", "Tail")
                : Map.of("Content-Type", "application/json");
        String target = "/2021-11-15/functions/" + encode(name) + "/response-streaming-invocations"
                + query("Qualifier", qualifier);
        return connection.stream("POST", target, "lambda", headers, payload, (head, body) -> {
            var events = new EventStream(body);
            answer.read(events);
            Json end = events.end();
            return new Streamed(
                    end.textOrEmpty("ErrorCode"),
                    end.textOrEmpty("ErrorDetails"),
                    head.header("X-Amz-Executed-Version").orElse(""),
                    end.text("LogResult").map(LambdaApi::decode).orElse(""));
        });
    }

    /// Invokes, and asks where the instance came from and what happened when.
    Measured measure(String name, Optional<String> qualifier, byte[] payload) {
        Map<String, String> headers = Map.of("Content-Type", "application/json", StartReport.REQUEST_HEADER, "1");
        long start = System.nanoTime();
        Answer answer = connection.send("POST", invocations(name, qualifier), "lambda", headers, payload);
        long nanos = System.nanoTime() - start;
        Invoked invoked = invoked(answer);
        StartReport report = StartReport.of(answer)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.REFUSED,
                        "The server does not say where instances come from: it is not Hearth, or an older one."));
        return new Measured(invoked, report, answer.header("x-amzn-RequestId").orElse(""), nanos);
    }

    /// Makes the next invocation have an origin.
    ///
    /// @return the origin it will have; another one where the server or the function cannot
    String arrange(String name, Optional<String> qualifier, String origin) {
        String target = "/_hearth/functions/" + encode(name) + "/arrange?origin=" + encode(origin)
                + qualifier.map(q -> "&Qualifier=" + encode(q)).orElse("");
        return Answers.json(connection.send("POST", target, "lambda", Map.of(), NOTHING))
                .textOrEmpty("origin");
    }

    /// Where to send invocations: path and query, percent-encoded.
    static String invocations(String name, Optional<String> qualifier) {
        return FUNCTIONS + "/" + encode(name) + "/invocations" + query("Qualifier", qualifier);
    }

    private static Invoked invoked(Answer answer) {
        if (answer.status() >= 300) {
            throw Answers.error(answer);
        }
        return new Invoked(
                answer.status(),
                answer.body(),
                answer.header("X-Amz-Function-Error").orElse(""),
                answer.header("X-Amz-Executed-Version").orElse(""),
                answer.header("X-Amz-Log-Result").map(LambdaApi::decode).orElse(""));
    }

    /// The runtimes the server knows, and which of them are installed; none where the server is not Hearth.
    List<RuntimeOffer> runtimes() {
        Answer answer = connection.send("GET", "/_hearth/runtimes", "lambda", Map.of(), NOTHING);
        return answer.status() == 200
                ? Answers.json(answer).items().stream().map(RuntimeOffer::of).toList()
                : List.of();
    }

    private Json get(String target) {
        return Answers.json(connection.send("GET", target, "lambda", Map.of(), NOTHING));
    }

    private Json send(String method, String target, Map<String, Object> request) {
        byte[] body = new Json(request).compact().getBytes(StandardCharsets.UTF_8);
        return Answers.json(connection.send(method, target, "lambda", JSON_BODY, body));
    }

    private static String query(String name, Optional<String> value) {
        return value.map(v -> "?" + name + "=" + encode(v)).orElse("");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
