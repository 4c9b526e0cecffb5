package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.model.InvokeMode;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamCompleteEvent;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamResponseHandler;

/// Response streaming end to end: what boto3, the SDK for Java, plain HTTP clients and the command get of functions in
/// Node.js and Go, and what becomes of those that misbehave. Streams are bounded to 8 MB here but for one function.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
class StreamingIT {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final String STREAMING = """
            const chunk = Buffer.alloc(64 * 1024, 'x');
            async function write(stream, bytes) {
              for (let left = bytes; left > 0; left -= chunk.length) {
                if (!stream.write(chunk)) await new Promise((resolve) => stream.once('drain', resolve));
              }
            }
            const sent = (stream, text) => new Promise((resolve) => stream.write(text, resolve));
            exports.handler = awslambda.streamifyResponse(async (event, stream, context) => {
              switch (event.rawPath || event.do) {
                case 'parts':
                  console.log('streams parts');
                  for (let i = 0; i < 10; i++) await sent(stream, `${i},`);
                  break;
                case 'large': await write(stream, 20 * 1024 * 1024); break;
                case 'early': throw new Error('too early');
                case 'midway':
                  await sent(stream, 'one');
                  throw new RangeError('midway');
                case 'crash':
                  await sent(stream, 'one');
                  process.exit(7);
                case 'kill':
                  await sent(stream, 'one');
                  process.kill(process.pid, 'SIGKILL');
                  await new Promise(() => setInterval(() => {}, 1000));
                case 'memory':
                  await sent(stream, 'one');
                  for (const held = []; ; ) held.push(Buffer.alloc(1 << 20, held.length));
                case 'endless':
                  await sent(stream, 'one');
                  await new Promise(() => setInterval(() => {}, 1000));
                case 'flood': await write(stream, Infinity); break;
                case '/url':
                  stream = awslambda.HttpResponseStream.from(stream, {
                    statusCode: 201,
                    headers: { 'Content-Type': 'text/x-test', 'X-One': '1' },
                    cookies: ['a=1', 'b=2'],
                  });
                  await sent(stream, 'one,');
                  stream.write('two');
                  break;
                case '/plain':
                  stream.setContentType('text/plain');
                  stream.write('plain');
                  break;
                case '/midway':
                  await sent(stream, 'one');
                  throw new Error('midway');
                case '/early': throw new Error('early');
              }
              stream.end();
              await new Promise((resolve) => stream.on('finish', resolve));
            });
            """;

    private static final String BUFFERED = """
            def handler(event, context):
                if "fail" in event:
                    raise ValueError("asked to")
                return event
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private Path data;
    private HearthServer server;
    private Lambda lambda;
    private String streaming;

    /// The same with a time-out of five seconds.
    private String impatient;

    @BeforeAll
    void start() {
        data = HearthServer.newData();
        server = HearthServer.start(data, "limits:\n  responseStreamMb: 32\n");
        lambda = Lambda.at(server.endpoint());
        streaming = deploy(60);
        impatient = deploy(5);
    }

    private String deploy(int timeout) {
        return lambda.deploy(
                Toolchain.nodeRuntime(),
                "index.handler",
                Code.of("index.js", STREAMING),
                settings -> settings.timeout(timeout).memorySize(192));
    }

    @AfterAll
    void stop() {
        http.close();
        lambda.close();
        server.close();
        HearthServer.delete(data);
    }

    @TestFactory
    Stream<DynamicTest> boto3() {
        String buffered = lambda.deploy(Toolchain.pythonRuntime(), "app.handler", Code.of("app.py", BUFFERED));
        Command run = Command.run(
                LIMIT,
                Path.of("src", "test", "resources", "scripts"),
                Map.of("PYTHONDONTWRITEBYTECODE", "1"),
                List.of(
                        Python.withBoto3(),
                        "stream_checks.py",
                        server.endpoint().toString(),
                        streaming,
                        impatient,
                        buffered));
        assertThat(run.exit()).as(run.output()).isZero();
        List<String> lines = run.output().lines().toList();
        assertThat(lines).allMatch(line -> line.startsWith("ok ") || line.startsWith("FAILED "));
        assertThat(lines).hasSize(14);
        return lines.stream()
                .map(line -> dynamicTest(
                        line.split("[ :]")[1], () -> assertThat(line).startsWith("ok ")));
    }

    /// What the SDK for Java saw of a stream.
    private record Seen(String payload, InvokeWithResponseStreamCompleteEvent end) {}

    private Seen invoke(String name, String event) {
        var parts = new CopyOnWriteArrayList<String>();
        var ends = new CopyOnWriteArrayList<InvokeWithResponseStreamCompleteEvent>();
        try (LambdaAsyncClient sdk = LambdaAsyncClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .build()) {
            sdk.invokeWithResponseStream(
                            request -> request.functionName(name).payload(SdkBytes.fromUtf8String(event)),
                            InvokeWithResponseStreamResponseHandler.builder()
                                    .subscriber(InvokeWithResponseStreamResponseHandler.Visitor.builder()
                                            .onPayloadChunk(chunk ->
                                                    parts.add(chunk.payload().asUtf8String()))
                                            .onInvokeComplete(ends::add)
                                            .build())
                                    .build())
                    .join();
        }
        assertThat(ends).hasSize(1);
        return new Seen(String.join("", parts), ends.getFirst());
    }

    @Test
    void asyncClientOfTheSdkForJavaReadsStreams() {
        Seen parts = invoke(streaming, "{\"do\":\"parts\"}");
        assertThat(parts.payload()).isEqualTo("0,1,2,3,4,5,6,7,8,9,");
        assertThat(parts.end().errorCode()).isNull();

        Seen midway = invoke(streaming, "{\"do\":\"midway\"}");
        assertThat(midway.payload()).isEqualTo("one");
        assertThat(midway.end().errorCode()).isEqualTo("RangeError");
        assertThat(midway.end().errorDetails()).contains("\"errorMessage\":\"midway\"");
    }

    @Test
    void readersOfGoAreStreamed() throws Exception {
        String go = lambda.deploy("provided.al2023", "x", Code.bootstrap(Toolchain.go()));
        assertThat(invoke(go, "{\"do\":\"stream\"}").payload()).isEqualTo("streamed by Go");
        Seen midway = invoke(go, "{\"do\":\"fail midway\"}");
        assertThat(midway.payload()).isEqualTo("streamed by Go");
        assertThat(midway.end().errorDetails()).contains("failed midway");

        HttpResponse<String> answer = get(url(go), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/x-go");
        assertThat(answer.headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
        assertThat(answer.body()).isEqualTo("streamed by Go");
    }

    /// A URL of the function, by path, for a server whose host names need not resolve.
    private URI url(String name) {
        String id = URI.create(lambda.sdk()
                        .createFunctionUrlConfig(
                                r -> r.functionName(name).authType("NONE").invokeMode(InvokeMode.RESPONSE_STREAM))
                        .functionUrl())
                .getHost()
                .substring(0, 32);
        return server.endpoint().resolve("/_hearth/url/" + id + "/");
    }

    private <T> HttpResponse<T> get(URI uri, HttpResponse.BodyHandler<T> body) throws Exception {
        return http.send(HttpRequest.newBuilder(uri).build(), body);
    }

    @Test
    void functionUrlsStream() throws Exception {
        URI url = url(streaming);
        HttpResponse<String> answer = get(url.resolve("url"), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/x-test");
        assertThat(answer.headers().firstValue("X-One")).contains("1");
        assertThat(answer.headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
        assertThat(answer.body()).isEqualTo("one,two");

        HttpResponse<String> plain = get(url.resolve("plain"), HttpResponse.BodyHandlers.ofString());
        assertThat(plain.statusCode()).isEqualTo(200);
        assertThat(plain.headers().firstValue("Content-Type")).contains("text/plain");
        assertThat(plain.body()).isEqualTo("plain");

        assertThat(get(url.resolve("early"), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(502);
        HttpResponse<InputStream> midway = get(url.resolve("midway"), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(midway.body().readNBytes(3)).asString().isEqualTo("one");
        assertThatThrownBy(() -> midway.body().read()).isInstanceOf(IOException.class);
    }

    /// Sends the request over a connection of its own.
    private Socket ask(String name, String event) throws IOException {
        Socket socket = server.connect();
        socket.setSoTimeout(60_000);
        socket.getOutputStream()
                .write(("POST /2021-11-15/functions/" + name
                                + "/response-streaming-invocations HTTP/1.1\r\nHost: h\r\nContent-Length: "
                                + event.length() + "\r\n\r\n" + event)
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /// Sends the request; of the answer nothing is read yet but its head.
    private InputStream flood(String name) throws Exception {
        var request = HttpRequest.newBuilder(
                        server.endpoint().resolve("/2021-11-15/functions/" + name + "/response-streaming-invocations"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"do\":\"flood\"}"))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
    }

    private static String readAll(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void moreThanTheLimitIsCutOffAndSaid() throws Exception {
        String answer = readAll(flood(streaming));
        assertThat(answer.chars().filter(c -> c == 'x').count())
                .as("what was written, and perhaps some bytes of checksums")
                .isBetween(32L * 1024 * 1024, 32L * 1024 * 1024 + 10_000);
        assertThat(answer.substring(answer.length() - 400))
                .contains("Function.ResponseSizeTooLarge")
                .contains("Response payload size exceeded maximum allowed payload size (33554432 bytes).");
        assertThat(invoke(streaming, "{\"do\":\"parts\"}").payload()).startsWith("0,1,");
    }

    @Test
    void callerWhoReadsNothingHoldsNobodyElseUp() throws Exception {
        String flooding = deploy(5);
        try (InputStream answer = flood(flooding)) {
            assertThat(invoke(flooding, "{\"do\":\"parts\"}").payload()).startsWith("0,1,");
            String timedOut =
                    "hearth_function_errors_total{error=\"Sandbox.Timedout\",function=\"" + flooding + "\"} 1";
            Deadline.await(
                    "it is timed out",
                    Duration.ofMinutes(2),
                    () -> server.get("/metrics").body().contains(timedOut));
            String rest = readAll(answer);
            assertThat(rest.substring(rest.length() - 400)).contains("Sandbox.Timedout");
        }
    }

    @Test
    void callerWhoLeavesDoesNotStopTheFunction() throws Exception {
        long before = streamed();
        try (Socket socket = ask(streaming, "{\"do\":\"large\"}")) {
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
        Deadline.await(
                "the rest is read and dropped", Duration.ofMinutes(1), () -> streamed() >= before + 20 * 1024 * 1024);
    }

    /// Bytes that functions have streamed.
    private long streamed() throws IOException, InterruptedException {
        return server.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("hearth_streamed_bytes_total{function=\"" + streaming + "\"}"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    @Test
    void commandPrintsTheStream() {
        var words = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.hearth.server.Main"));
        words.addAll(List.of("invoke", streaming, "--stream", "--payload", "{\"do\":\"parts\"}"));
        Command run = Command.run(
                Duration.ofMinutes(5),
                Path.of("."),
                Map.of("HEARTH_ENDPOINT", server.endpoint().toString()),
                words);
        assertThat(run.output()).contains("0,1,2,3,4,5,6,7,8,9,");
        assertThat(run.exit()).isZero();
    }
}
