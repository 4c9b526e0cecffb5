package dev.hearth.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// The calls of Hearth's own API for asynchronous events. Errors are [RefusedByServer].
final class AsyncApi {
    private static final String ASYNC = "/_hearth/async";
    private static final byte[] NOTHING = {};

    private final HttpConnection connection;

    AsyncApi(HttpConnection connection) {
        this.connection = connection;
    }

    /// Events, oldest first, with how many there are in all.
    Json list(Optional<String> function, Optional<String> state, int limit) {
        return call(
                "GET",
                "/events?limit=" + limit
                        + function.map(name -> "&function=" + encode(name)).orElse("")
                        + state.map(label -> "&state=" + encode(label)).orElse(""));
    }

    Json show(String id) {
        return call("GET", "/events/" + encode(id));
    }

    Json redrive(String id) {
        return call("POST", "/events/" + encode(id) + "/redrive");
    }

    Json redriveAll(String function) {
        return call("POST", "/redrive?function=" + encode(function));
    }

    private Json call(String method, String target) {
        return Answers.json(connection.send(method, ASYNC + target, "lambda", Map.of(), NOTHING));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
