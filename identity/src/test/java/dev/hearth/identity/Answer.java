package dev.hearth.identity;

import dev.hearth.http.Handler;
import dev.hearth.http.Headers;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// What a handler answered.
record Answer(int status, Map<String, String> headers, byte[] bytes) {
    static Answer to(Handler handler, String method, String target, Map<String, String> headers, byte[] body) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        var withHost = new TreeMap<>(Map.of("Host", Signer.HOST));
        withHost.putAll(headers);
        try {
            return of(handler.handle(Request.of(method, path, query, Headers.of(withHost), body)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer of(Response response) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        response.headers().forEach(field -> headers.put(field.name(), field.value()));
        if (!(response.body() instanceof Response.Body.Bytes(byte[] bytes))) {
            throw new AssertionError("nothing is streamed here");
        }
        return new Answer(response.status(), headers, bytes);
    }

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
