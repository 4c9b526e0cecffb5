package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Subscribers with listeners of their own, and a runtime, each a connection written by hand.
@Timeout(120)
class TelemetryApiIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ALL = "[\"platform\",\"function\",\"extension\"]";

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Semaphore idle = new Semaphore(0);
    private InetSocketAddress address = new InetSocketAddress(0);

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void subscriberByHttpIsToldOfInitialisationAndInvocation() throws Exception {
        RuntimeApi api = serve("outer");
        Listener listener = listener(true);
        String id = register("outer");
        assertThat(subscribe(TelemetryApi.TELEMETRY, id, http(listener, "2022-07-01", ALL)))
                .satisfies(
                        answer -> assertThat(answer.status()).isEqualTo(200),
                        answer -> assertThat(answer.body()).isEqualTo("\"OK\""));
        Wire runtime = initialise(api, id);
        assertThat(Listener.types(listener.until("platform.initReport")))
                .containsExactly(
                        "platform.initStart",
                        "platform.telemetrySubscription",
                        "platform.initRuntimeDone",
                        "platform.extension",
                        "platform.initReport");
        telemetry(api).started("r-1", "1", "Root=1-2-3");
        CompletableFuture<Answer> answer = invoke(api);
        runtime.read();
        telemetry(api).line(false, 0, "by the function");
        telemetry(api).line(true, 0, "by an extension");
        runtime.respond("r-1", "{\"a\":1}").read();
        assertThat(answer.get()).isInstanceOf(Answer.Response.class);
        runtime.next();
        List<String> got = listener.until("platform.runtimeDone");
        assertThat(Listener.types(got))
                .containsExactly("platform.start", "function", "extension", "platform.runtimeDone");
        assertThat(String.join("", got))
                .contains("{\"requestId\":\"r-1\",\"version\":\"1\",\"tracing\":{\"type\":\"X-Amzn-Trace-Id\"")
                .contains("\"requestId\":\"r-1\",\"status\":\"success\"")
                .contains("responseLatency", "responseDuration", "runtimeOverhead", "\"producedBytes\":7");
        telemetry(api).finished(null, "", 5_000_000, 128, 30, 0);
        assertThat(String.join("", listener.until("platform.report")))
                .contains("\"metrics\":{\"durationMs\":5.0,\"billedDurationMs\":5,\"memorySizeMB\":128,")
                .contains("extensionOverhead");
        assertThat(listener.connections).hasValue(1);
        assertThat(listener.requestLines).contains("POST /path HTTP/1.1");
    }

    @Test
    void subscriberByTcpGetsLines() throws Exception {
        RuntimeApi api = serve("outer");
        Listener listener = listener(false);
        String id = register("outer");
        String tcp = "{\"protocol\":\"TCP\",\"port\":" + listener.port() + "}";
        assertThat(subscribe(TelemetryApi.TELEMETRY, id, body("2022-12-13", ALL, tcp))
                        .status())
                .isEqualTo(200);
        initialise(api, id);
        List<String> lines = listener.until("platform.initReport");
        assertThat(lines)
                .allSatisfy(line -> assertThat(line).startsWith("{\"time\":").endsWith("}"));
        assertThat(lines).hasSize(5);
    }

    @Test
    void subscriberOfTheLogsApiHasItsOwnEvents() throws Exception {
        RuntimeApi api = serve("outer");
        Listener listener = listener(true);
        String id = register("outer");
        assertThat(subscribe(TelemetryApi.LOGS, id, http(listener, "2021-03-18", "[\"platform\"]"))
                        .status())
                .isEqualTo(200);
        initialise(api, id);
        telemetry(api).started("r-1", "1", "");
        telemetry(api).fault("it broke");
        telemetry(api).finished(TelemetryStatus.FAILURE, "Runtime.ExitError", 1, 128, 30, 0);
        assertThat(Listener.types(listener.until("platform.report")))
                .containsExactly(
                        "platform.logsSubscription",
                        "platform.extension",
                        "platform.start",
                        "platform.fault",
                        "platform.runtimeDone",
                        "platform.end",
                        "platform.report");
    }

    @Test
    void internalExtensionCanSubscribeUntilTheFunctionIsInitialised() throws Exception {
        RuntimeApi api = serve();
        Listener listener = listener(true);
        assertThat(api.telemetry()).isNull();
        String id = register("inner");
        assertThat(subscribe(TelemetryApi.TELEMETRY, id, http(listener, "2022-07-01", ALL))
                        .status())
                .isEqualTo(200);
        initialise(api, id);
        assertThat(Listener.types(listener.until("platform.initReport"))).startsWith("platform.initStart");
    }

    @Test
    void nobodyCanSubscribeAfterTheInitialisation() throws Exception {
        RuntimeApi api = serve("outer");
        Listener listener = listener(true);
        String id = register("outer");
        initialise(api, id);
        assertThat(api.telemetry()).isNull();
        Wire.Response answer = subscribe(TelemetryApi.TELEMETRY, id, http(listener, "2022-07-01", ALL));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body())
                .isEqualTo("{\"errorMessage\":\"Telemetry API subscription is closed already\","
                        + "\"errorType\":\"Telemetry.SubscriptionClosed\"}\n");
        assertThat(subscribe(TelemetryApi.LOGS, id, http(listener, "2020-08-15", ALL))
                        .body())
                .contains("Logs.SubscriptionClosed", "Logs API subscription is closed already");
    }

    @Test
    void laterSubscriptionOfAnExtensionTakesTheEarlierOnesPlace() throws Exception {
        RuntimeApi api = serve("outer");
        Listener first = listener(true);
        Listener second = listener(true);
        String id = register("outer");
        subscribe(TelemetryApi.TELEMETRY, id, http(first, "2022-07-01", "[\"function\"]"));
        subscribe(TelemetryApi.TELEMETRY, id, http(second, "2022-07-01", ALL));
        subscribe(TelemetryApi.TELEMETRY, id, http(second, "2022-07-01", ALL));
        telemetry(api).line(false, 0, "hello");
        initialise(api, id);
        assertThat(Listener.types(second.until("platform.initReport")))
                .containsExactly(
                        "platform.telemetrySubscription",
                        "function",
                        "platform.initRuntimeDone",
                        "platform.extension",
                        "platform.initReport");
        assertThat(first.received).isEmpty();
    }

    @Test
    void extensionCanUseOneOfTheTwoApis() throws Exception {
        serve("outer");
        Listener listener = listener(true);
        String id = register("outer");
        subscribe(TelemetryApi.TELEMETRY, id, http(listener, "2022-07-01", ALL));
        Wire.Response answer = subscribe(TelemetryApi.LOGS, id, http(listener, "2020-08-15", ALL));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("Logs.ValidationError", "by the Telemetry API already");
    }

    @Test
    void whatIsNotAsItShouldBeIsRefusedInAwssWords() throws Exception {
        serve("outer");
        String id = register("outer");
        String noPort = "{\"protocol\":\"HTTP\",\"URI\":\"http://sandbox.localdomain\"}";
        Wire.Response answer = subscribe(TelemetryApi.TELEMETRY, id, body("2022-07-01", "[]", noPort));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"errorMessage\":\"URI port is not provided; types should not be empty\","
                        + "\"errorType\":\"ValidationError\"}\n");
        assertThat(subscribe(TelemetryApi.LOGS, id, "{").body()).contains("\"errorType\":\"Logs.ValidationError\"");
        assertThat(subscribe(TelemetryApi.TELEMETRY, "nonsense", "{}").body())
                .contains("Extension.InvalidExtensionIdentifier");
        assertThat(connect()
                        .send("GET /2022-07-01/telemetry HTTP/1.1\r\nHost: a\r\n\r\n")
                        .read()
                        .status())
                .isEqualTo(405);
    }

    @Test
    void listenerThatFailsGetsTheSameEventsAgain() throws Exception {
        RuntimeApi api = serve("outer");
        Listener listener = listener(true);
        listener.answer = "HTTP/1.1 500 No\r\nConnection: close\r\n\r\n";
        String id = register("outer");
        subscribe(TelemetryApi.TELEMETRY, id, http(listener, "2022-07-01", ALL));
        assertThat(listener.requestLines.poll(30, TimeUnit.SECONDS)).isNotNull();
        listener.answer = "HTTP/1.0 200 OK\r\nConnection: close\r\n\r\nand a body until the end";
        initialise(api, id);
        assertThat(Listener.types(listener.until("platform.initReport"))).startsWith("platform.initStart");
    }

    @Test
    void listenerThatIsNotThereHarmsNobody() throws Exception {
        RuntimeApi api = serve("outer");
        Listener listener = listener(true);
        listener.close();
        String id = register("outer");
        subscribe(TelemetryApi.TELEMETRY, id, http(listener, "2022-07-01", ALL));
        Wire runtime = initialise(api, id);
        telemetry(api).started("r-1", "1", "");
        CompletableFuture<Answer> answer = invoke(api);
        runtime.read();
        for (int i = 0; i < 50_000; i++) {
            telemetry(api).line(false, 0, "line " + i);
        }
        runtime.respond("r-1", "{}").read();
        assertThat(answer.get()).isInstanceOf(Answer.Response.class);
        telemetry(api).flush(Duration.ofMillis(50));
    }

    @Test
    void endOfTheRuntimeApiEndsDeliveries() throws Exception {
        RuntimeApi api = serve("outer");
        Listener listener = listener(false);
        String id = register("outer");
        String tcp = "{\"protocol\":\"TCP\",\"port\":" + listener.port() + "}";
        subscribe(TelemetryApi.TELEMETRY, id, body("2022-12-13", ALL, tcp));
        Telemetry telemetry = telemetry(api);
        api.close();
        telemetry.flush(LIMIT);
        assertThat(subscribe(telemetry)).isEqualTo(Telemetry.Outcome.CLOSED);
    }

    private static Telemetry.Outcome subscribe(Telemetry telemetry) {
        return telemetry.subscribe(
                "outer",
                new Subscription(
                        TelemetrySchema.V2022_07_01,
                        List.of(TelemetryType.PLATFORM),
                        new Destination.Tcp(1),
                        Buffering.DEFAULT));
    }

    /// The runtime and the extension ask for their first events.
    private Wire initialise(RuntimeApi api, String id) throws Exception {
        Wire runtime = connect().next();
        connect()
                .send("GET /2020-01-01/extension/event/next HTTP/1.1\r\nHost: a\r\nLambda-Extension-Identifier: " + id
                        + "\r\n\r\n");
        Initialised how = api.awaitInitialised(LIMIT);
        assertThat(how).isInstanceOf(Initialised.Ready.class);
        assertThat(idle.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        api.initEnded(how);
        return runtime;
    }

    private static CompletableFuture<Answer> invoke(RuntimeApi api) {
        return CompletableFuture.supplyAsync(() -> api.invoke(ServedApi.event("r-1", "{}"), LIMIT.toNanos()));
    }

    private static Telemetry telemetry(RuntimeApi api) {
        return Objects.requireNonNull(api.telemetry());
    }

    private RuntimeApi serve(String... external) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = (InetSocketAddress) socket.getLocalAddress();
        var host = new ExtensionHost("f", "1", "a.b", "42", List.of(external));
        var telemetry = new TelemetryHost(SocketChannel::open, "2026/01/01/[1]ab", 134_217_728, false);
        RuntimeApi api = RuntimeApi.serve(socket, RuntimeApiConfig.DEFAULT, host, telemetry, idle::release);
        open.add(api);
        return api;
    }

    private Listener listener(boolean http) throws IOException {
        Listener listener = new Listener(http);
        open.add(listener);
        return listener;
    }

    private Wire connect() throws IOException {
        Wire wire = new Wire(address);
        open.add(wire);
        return wire;
    }

    private String register(String name) throws IOException {
        return connect()
                .post(
                        "/2020-01-01/extension/register",
                        "Lambda-Extension-Name: " + name + "\r\n",
                        "{\"events\":[\"INVOKE\"]}")
                .read()
                .header("Lambda-Extension-Identifier");
    }

    private Wire.Response subscribe(TelemetryApi api, String id, String body) throws IOException {
        return connect()
                .send("PUT " + api.path + " HTTP/1.1\r\nHost: a\r\nLambda-Extension-Identifier: " + id
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .read();
    }

    private static String http(Listener listener, String version, String types) {
        return body(
                version,
                types,
                "{\"protocol\":\"HTTP\",\"URI\":\"http://sandbox.localdomain:" + listener.port() + "/path\"}");
    }

    private static String body(String version, String types, String destination) {
        return "{\"schemaVersion\":\"" + version + "\",\"types\":" + types
                + ",\"buffering\":{\"timeoutMs\":25},\"destination\":" + destination + "}";
    }
}
