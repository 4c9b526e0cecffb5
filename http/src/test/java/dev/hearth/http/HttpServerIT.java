package dev.hearth.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.SystemClock;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpServerIT {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);

    @Test
    void handlerSeesThePathAsItWasSent() throws Exception {
        Handler echo = request -> Response.text(200, request.method() + " " + request.path() + " ? " + request.query());
        try (var server = HttpServer.start(ANY_PORT, SystemClock.INSTANCE, echo);
                var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + server.port() + "/a%3Ab/c/?x=%20y");
            var response = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("GET /a%3Ab/c/ ? x=%20y");
        }
    }

    @Test
    void fieldsOfOneNameAllArriveBothWays() throws Exception {
        Handler echo = request -> {
            var seen = new java.util.ArrayList<Response.Field>();
            request.headers().forEach((name, value) -> {
                if (name.equalsIgnoreCase("x-many")) {
                    seen.add(new Response.Field("Set-Cookie", value));
                }
            });
            return new Response(200, seen, new Response.Body.Bytes(new byte[0]));
        };
        try (var server = HttpServer.start(ANY_PORT, SystemClock.INSTANCE, echo);
                var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                    .header("X-Many", "a=1")
                    .header("X-Many", "b=2")
                    .build();
            assertThat(client.send(request, BodyHandlers.discarding()).headers().allValues("set-cookie"))
                    .containsExactly("a=1", "b=2");
        }
    }

    @Test
    void bodyOverTheLimitIsRefusedWithoutReadingTheRest() throws Exception {
        Handler limited = request -> {
            try {
                return Response.text(200, request.readBody(10).length + " bytes");
            } catch (BodyTooLargeException e) {
                return Response.text(413, e.getMessage() == null ? "" : e.getMessage());
            }
        };
        try (var server = HttpServer.start(ANY_PORT, SystemClock.INSTANCE, limited);
                var client = HttpClient.newHttpClient()) {
            assertThat(post(client, server, 10)).isEqualTo("10 bytes");
            assertThat(post(client, server, 11)).isEqualTo("the request body is larger than 10 bytes");
        }
    }

    @Test
    void streamedBodyReachesTheCaller() throws Exception {
        Handler streaming = request -> new Response(
                200,
                java.util.List.of(),
                new Response.Body.Stream(out -> out.write("hello".getBytes(StandardCharsets.UTF_8))));
        try (var server = HttpServer.start(ANY_PORT, SystemClock.INSTANCE, streaming);
                var client = HttpClient.newHttpClient()) {
            assertThat(post(client, server, 0)).isEqualTo("hello");
        }
    }

    private static String post(HttpClient client, HttpServer server, int size) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[size]))
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void whatIsNoHttpIsToldWhy() throws Exception {
        assertThat(exchange("hello there\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .endsWith("The request is not valid HTTP/1.1: Bad Request\n");
        assertThat(exchange("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("Request Entity Too Large");
    }

    @Test
    void brokenChunksAreTheCallersFault() throws Exception {
        String answer = exchange("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
        assertThat(answer).endsWith("UnreadableBodyException");
    }

    private static String exchange(String request) throws Exception {
        Handler reader = in -> {
            try {
                return Response.text(200, "" + in.readBody(10).length);
            } catch (UnreadableBodyException broken) {
                return Response.text(400, "UnreadableBodyException");
            }
        };
        try (var server = HttpServer.start(ANY_PORT, SystemClock.INSTANCE, reader);
                var socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /// All that comes until the server closes the connection.
    private static String untilClosed(HttpServer server) throws Exception {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void responseThatCannotBeFinishedHasNoEnd() throws Exception {
        Handler failing = request -> new Response(200, List.of(), new Response.Body.Stream(out -> {
            out.write('a');
            out.flush();
            throw new java.io.IOException("no more");
        }));
        try (var server = HttpServer.start(ANY_PORT, SystemClock.INSTANCE, failing)) {
            assertThat(untilClosed(server)).contains("\r\n\r\n1\r\na").doesNotContain("0\r\n\r\n");
        }
    }
}
