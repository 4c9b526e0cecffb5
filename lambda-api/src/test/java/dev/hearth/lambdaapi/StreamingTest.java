package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.model.Outcome;
import dev.hearth.model.Payload;
import dev.hearth.model.ResponseSink;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/// What callers of a stream have while the function still writes, over HTTP.
@Timeout(240)
class StreamingTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Outcome DONE = new Outcome.Succeeded(Payload.EMPTY);

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch seen = new CountDownLatch(1);
    private TestServer server;

    @BeforeEach
    void open() throws Exception {
        server = TestServer.open();
        post("/2015-03-31/functions", """
                {"FunctionName": "f", "Runtime": "python3.12", "Role": "%s", "Handler": "index.handler",
                 "Code": {"ZipFile": "%s"}}""".formatted(TestApi.ROLE, TestApi.zip("one")));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private HttpResponse<InputStream> post(String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.endpoint() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private HttpResponse<InputStream> invoke() throws Exception {
        return post("/2021-11-15/functions/f/response-streaming-invocations", "{}");
    }

    /// The path of a new URL of the function.
    private String url(String mode) throws Exception {
        InputStream answer = post(
                        "/2021-10-31/functions/f/url", "{\"AuthType\": \"NONE\", \"InvokeMode\": \"" + mode + "\"}")
                .body();
        String url = MAPPER.readTree(answer.readAllBytes()).get("FunctionUrl").asString();
        return "/_hearth/url/" + URI.create(url).getHost().substring(0, 32) + "/";
    }

    private HttpResponse<InputStream> callUrl() throws Exception {
        return post(url("RESPONSE_STREAM"), "{}");
    }

    private static void write(ResponseSink sink, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sink.write(bytes, 0, bytes.length);
    }

    private boolean awaitSeen() {
        try {
            return seen.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// A function that writes `first`, waits until its caller has it, and ends with `second`.
    private void writing(String type, String first, String second, Outcome outcome) {
        server.engine.function = invocation -> {
            ResponseSink sink = Objects.requireNonNull(invocation.sink());
            sink.begin(type);
            write(sink, first);
            assertThat(awaitSeen()).isTrue();
            write(sink, second);
            return outcome;
        };
    }

    private static String read(InputStream in, int bytes) throws IOException {
        return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
    }

    @Test
    void eventsComeWhileTheFunctionStillWrites() throws Exception {
        writing("text/plain", "one", "two", DONE);
        HttpResponse<InputStream> answer = invoke();
        byte[] first = answer.body().readNBytes(EventFrames.chunk("one".getBytes(StandardCharsets.UTF_8)).length);
        seen.countDown();
        List<Frame> rest = Frame.read(answer.body().readAllBytes());

        assertThat(answer.headers().firstValue("Content-Type")).contains(EventFrames.CONTENT_TYPE);
        assertThat(answer.headers().firstValue("X-Amz-Executed-Version")).contains("$LATEST");
        assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
        assertThat(Frame.read(first)).singleElement().satisfies(frame -> {
            assertThat(frame.type()).isEqualTo("PayloadChunk");
            assertThat(frame.text()).isEqualTo("one");
        });
        assertThat(rest).extracting(Frame::text).containsExactly("two", "{}");
        assertThat(rest.getLast().type()).isEqualTo("InvokeComplete");
    }

    @Test
    void callersOfAUrlHaveStatusAndBodyWhileTheFunctionStillWrites() throws Exception {
        String prelude = "{\"statusCode\":201,\"headers\":{\"Content-Type\":\"text/x\",\"X-One\":\"1\"},"
                + "\"cookies\":[\"a=1\",\"b=2\"]}";
        writing(UrlStream.WITH_PRELUDE, prelude + "\0".repeat(8) + "one", "\0\0two", DONE);
        HttpResponse<InputStream> answer = callUrl();

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/x");
        assertThat(answer.headers().firstValue("X-One")).contains("1");
        assertThat(answer.headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
        assertThat(read(answer.body(), 3)).isEqualTo("one");
        seen.countDown();
        assertThat(read(answer.body(), 100)).isEqualTo("\0\0two");
    }

    @Test
    void streamWithoutPreludeIsTheBodyOfA200() throws Exception {
        seen.countDown();
        writing("text/plain", "one", "two", DONE);
        HttpResponse<InputStream> answer = callUrl();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain");
        assertThat(read(answer.body(), 100)).isEqualTo("onetwo");
    }

    @Test
    void preludeMayComeInPieces() throws Exception {
        seen.countDown();
        writing(UrlStream.WITH_PRELUDE, "{}\0\0\0\0\0", "\0\0\0body", DONE);
        HttpResponse<InputStream> answer = callUrl();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(read(answer.body(), 100)).isEqualTo("body");
    }

    @Test
    void preludeThatCannotBeSentIsAnsweredAsAFailure() throws Exception {
        seen.countDown();
        String url = url("RESPONSE_STREAM");
        for (String prelude : List.of(
                "{\"statusCode\":99}\0\0\0\0\0\0\0\0",
                "no JSON\0\0\0\0\0\0\0\0",
                "{\"headers\":{\"a\":\"b\\nc\"}}\0\0\0\0\0\0\0\0",
                "{} without an end",
                "x".repeat(300_000))) {
            writing(UrlStream.WITH_PRELUDE, prelude, "body", DONE);
            assertThat(post(url, "{}").statusCode()).as(prelude).isEqualTo(502);
        }
    }

    @Test
    void failureInMidstreamBreaksTheConnectionOff() throws Exception {
        seen.countDown();
        writing("text/plain", "one", "two", new Outcome.FunctionFailed("Boom", Payload.EMPTY));
        HttpResponse<InputStream> answer = callUrl();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(read(answer.body(), 6)).isEqualTo("onetwo");
        assertThatThrownBy(() -> answer.body().read()).isInstanceOf(IOException.class);
    }

    @Test
    void failureBeforeTheFirstByteIsA502() throws Exception {
        server.engine.function = invocation -> new Outcome.FunctionFailed("Boom", Payload.EMPTY);

        assertThat(callUrl().statusCode()).isEqualTo(502);
    }

    @Test
    void answerInOnePieceIsServedInOnePiece() throws Exception {
        server.engine.function = invocation -> new Outcome.Succeeded(
                new Payload("{\"statusCode\": 202, \"body\": \"whole\"}".getBytes(StandardCharsets.UTF_8)));
        HttpResponse<InputStream> answer = callUrl();

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Content-Length")).contains("5");
        assertThat(read(answer.body(), 100)).isEqualTo("whole");
    }

    @Test
    void bufferedUrlHasNoStream() throws Exception {
        server.engine.function = invocation -> {
            assertThat(invocation.sink()).isNull();
            return new Outcome.Succeeded(new Payload("1".getBytes(StandardCharsets.UTF_8)));
        };

        assertThat(read(post(url("BUFFERED"), "{}").body(), 100)).isEqualTo("1");
    }

    @Test
    void statusWithoutABodyAndHeadRequestsHaveNone() throws Exception {
        seen.countDown();
        String url = url("RESPONSE_STREAM");
        writing(UrlStream.WITH_PRELUDE, "{\"statusCode\":204}" + "\0".repeat(8), "body", DONE);
        HttpResponse<InputStream> noContent = post(url, "{}");
        assertThat(noContent.statusCode()).isEqualTo(204);
        assertThat(noContent.body().readAllBytes()).isEmpty();

        writing("text/plain", "one", "two", DONE);
        var head = HttpRequest.newBuilder(URI.create(server.endpoint() + url))
                .HEAD()
                .build();
        HttpResponse<Void> answer = client.send(head, HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain");
    }

    @Test
    void callerWhoLeavesDoesNotStopTheFunction() throws Exception {
        int size = 32 * 1024 * 1024;
        var begun = new CountDownLatch(1);
        var written = new AtomicLong();
        var ended = new CountDownLatch(1);
        server.engine.function = invocation -> {
            ResponseSink sink = Objects.requireNonNull(invocation.sink());
            sink.begin("text/plain");
            write(sink, "one");
            begun.countDown();
            sink.write(new byte[size], 0, size);
            written.set(sink.writtenBytes());
            ended.countDown();
            return DONE;
        };
        try (var socket = new Socket("127.0.0.1", URI.create(server.endpoint()).getPort())) {
            socket.getOutputStream()
                    .write(("POST /2021-11-15/functions/f/response-streaming-invocations HTTP/1.1\r\nHost: h\r\n"
                                    + "Content-Length: 2\r\n\r\n{}")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }

        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(written.get()).isEqualTo(size + 3);
    }

    @Test
    void bugInTheEngineIsNotACallerWhoWaitsForEver() throws Exception {
        server.engine.function = invocation -> {
            throw new IllegalStateException("a bug");
        };

        assertThat(invoke().statusCode()).isEqualTo(500);
    }
}
