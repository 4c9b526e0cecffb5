package dev.hearth.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The Lambda API of a server on this machine, and what Hearth offers beside it to those who measure. For any thread.
final class LambdaApi implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration ACTIVE_LIMIT = Duration.ofMinutes(3);
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(5);
    private static final long POLL_NANOS = 20_000_000;
    /// Unsigned, for servers that choose the service by the credential's scope.
    private static final String CREDENTIAL = "AWS4-HMAC-SHA256 "
            + "Credential=test/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0";

    /// One or more instances on their way.
    private static final Pattern STARTING = Pattern.compile("hearth_instances\\{[^}]*state=\"starting\"[^}]*} [1-9]");

    private final URI server;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    LambdaApi(int port) {
        server = URI.create("http://127.0.0.1:" + port);
    }

    /// What came of an invocation.
    ///
    /// @param nanos from sending to the whole answer
    record Answer(HttpResponse<byte[]> response, long nanos) {
        /// Where the instance came from; empty where the server does not say.
        String origin() {
            return response.headers().firstValue(Start.ORIGIN).orElse("");
        }

        Start start() {
            return Start.of(
                    response.headers().firstValue(Start.ORIGIN),
                    response.headers().firstValue(Start.CAUSE),
                    response.headers().firstValue(Start.TIMELINE),
                    nanos);
        }
    }

    /// @throws IOException when the server refuses
    void create(String name, String runtime, String handler, byte[] zip, Map<String, String> tags)
            throws IOException, InterruptedException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("FunctionName", name);
        request.put("Runtime", runtime);
        request.put("Handler", handler);
        request.put("Role", "arn:aws:iam::000000000000:role/benchmark");
        request.put("MemorySize", 1_769);
        request.put("Timeout", 60);
        request.put("Code", Map.of("ZipFile", Base64.getEncoder().encodeToString(zip)));
        if (!tags.isEmpty()) {
            request.put("Tags", tags);
        }
        expect(201, "Cannot create " + name, send("POST", functions(""), JSON.writeValueAsBytes(request)));
    }

    void delete(String name) throws IOException, InterruptedException {
        expect(204, "Cannot delete " + name, send("DELETE", functions("/" + name), new byte[0]));
    }

    /// Waits until a function can be invoked.
    void awaitActive(String name) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + ACTIVE_LIMIT.toNanos();
        String state;
        do {
            JsonNode configuration = read(send("GET", functions("/" + name + "/configuration"), new byte[0]));
            state = configuration.path("State").asString("");
            if (state.equals("Active")) {
                return;
            }
            LockSupport.parkNanos(POLL_NANOS);
        } while (!state.equals("Failed") && System.nanoTime() < deadline);
        throw new IOException("'" + name + "' did not become Active: it is " + state + ".");
    }

    /// Makes the next invocation have an origin.
    ///
    /// @return the origin it will have: another one where this host or this function cannot
    String arrange(String name, String origin) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                send("POST", "/_hearth/functions/" + name + "/arrange?origin=" + origin, new byte[0]);
        expect(200, "Cannot arrange " + origin + " of " + name, answer);
        return read(answer).path("origin").asString();
    }

    /// Waits until no instance starts: each call makes Hearth start spares, and the next one must not pay for that.
    void awaitCalm() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + ACTIVE_LIMIT.toNanos();
        // Twice, because one spare may follow another.
        for (int calm = 0; calm < 2 && System.nanoTime() < deadline; ) {
            String metrics = new String(send("GET", "/metrics", new byte[0]).body(), StandardCharsets.UTF_8);
            calm = STARTING.matcher(metrics).find() ? 0 : calm + 1;
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /// The newest runtime of a family that the server can run, such as `python3.13` of `python`.
    String newest(String family) throws IOException, InterruptedException {
        String newest = "";
        for (JsonNode runtime : read(send("GET", "/_hearth/runtimes", new byte[0]))) {
            String identifier = runtime.path("identifier").asString();
            if (identifier.startsWith(family) && runtime.path("installed").asBoolean(false)) {
                newest = identifier;
            }
        }
        if (newest.isEmpty()) {
            throw new UnavailableException("no runtime '" + family + "' is installed");
        }
        return newest;
    }

    /// Invokes a function and checks its answer.
    ///
    /// @throws WrongAnswerException when it is another one than the event asks for
    Answer invoke(String name, Event event) throws IOException, InterruptedException {
        HttpRequest request = request("POST", functions("/" + name + "/invocations"), event.json())
                .header(Start.ASK, "1")
                .build();
        long start = System.nanoTime();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        long nanos = System.nanoTime() - start;
        boolean failed = response.headers().firstValue("X-Amz-Function-Error").isPresent();
        if (response.statusCode() != 200 || failed || !event.isAnsweredBy(response.body())) {
            throw new WrongAnswerException("'%s' answered %s with %d %s"
                    .formatted(
                            name,
                            new String(event.json(), StandardCharsets.UTF_8),
                            response.statusCode(),
                            new String(response.body(), StandardCharsets.UTF_8)));
        }
        return new Answer(response, nanos);
    }

    /// @return where anybody may call it and its answers are streamed, by path: names below `localhost` may not resolve
    URI createStreamingUrl(String name) throws IOException, InterruptedException {
        byte[] body = JSON.writeValueAsBytes(Map.of("AuthType", "NONE", "InvokeMode", "RESPONSE_STREAM"));
        HttpResponse<byte[]> answer = send("POST", "/2021-10-31/functions/" + name + "/url", body);
        expect(201, "Cannot make a URL of " + name, answer);
        String host = URI.create(read(answer).path("FunctionUrl").asString()).getHost();
        return server.resolve("/_hearth/url/" + host.substring(0, host.indexOf('.')) + "/");
    }

    void reserveConcurrency(String name, int reserved) throws IOException, InterruptedException {
        byte[] body = JSON.writeValueAsBytes(Map.of("ReservedConcurrentExecutions", reserved));
        expect(200, "Cannot reserve concurrency of " + name, send("PUT", concurrency(name), body));
    }

    void freeConcurrency(String name) throws IOException, InterruptedException {
        expect(204, "Cannot free concurrency of " + name, send("DELETE", concurrency(name), new byte[0]));
    }

    private static String concurrency(String name) {
        return "/2017-10-31/functions/" + name + "/concurrency";
    }

    /// The value of a series; 0 where there is none.
    double metric(String series) throws IOException, InterruptedException {
        String metrics = new String(send("GET", "/metrics", new byte[0]).body(), StandardCharsets.UTF_8);
        return metrics.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private static String functions(String path) {
        return "/2015-03-31/functions" + path;
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] body)
            throws IOException, InterruptedException {
        return client.send(request(method, path, body).build(), BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String method, String path, byte[] body) {
        return HttpRequest.newBuilder(server.resolve(path))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .header("Authorization", CREDENTIAL)
                .header("Content-Type", "application/json")
                .timeout(ANSWER_LIMIT);
    }

    private static JsonNode read(HttpResponse<byte[]> answer) {
        return JSON.readTree(answer.body());
    }

    private static void expect(int status, String otherwise, HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() != status) {
            throw new IOException(
                    otherwise + ": " + answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
