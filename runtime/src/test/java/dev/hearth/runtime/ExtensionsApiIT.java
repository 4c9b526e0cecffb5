package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Extensions and a runtime, each a connection written by hand.
@Timeout(120)
class ExtensionsApiIT {
    private static final String API = "/2020-01-01/extension/";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Semaphore idle = new Semaphore(0);
    private final CompletableFuture<ExtensionFailure> failure = new CompletableFuture<>();
    private InetSocketAddress address = new InetSocketAddress(0);

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void registrationAnswersWithAnIdentifierAndTheFunction() throws Exception {
        serve("outer");
        Wire.Response answer =
                register("outer", "Lambda-Extension-Accept-Feature: accountId\r\n", "INVOKE", "SHUTDOWN");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Lambda-Extension-Identifier")).matches("[-0-9a-f]{36}");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"functionName\":\"f\",\"functionVersion\":\"1\",\"handler\":\"a.b\",\"accountId\":\"42\"}");
        assertThat(register("inner", "", "INVOKE").body()).doesNotContain("accountId");
    }

    @Test
    void functionIsInitialisedWhenItAndAllItsExtensionsAskForAnEvent() throws Exception {
        RuntimeApi api = serve("outer");
        Wire runtime = connect();
        runtime.next();
        String id = id(register("outer", "", "INVOKE"));
        Wire extension = connect();
        CompletableFuture<Initialised> initialised = CompletableFuture.supplyAsync(() -> api.awaitInitialised(LIMIT));
        assertThat(api.awaitInitialised(Duration.ofMillis(1))).isInstanceOf(Initialised.TimedOut.class);
        next(extension, id);
        assertThat(initialised.get()).isInstanceOf(Initialised.Ready.class);
        awaitIdle();
    }

    @Test
    void answerDoesNotWaitForExtensionsButTheEndOfTheInvocationDoes() throws Exception {
        RuntimeApi api = serve("outer");
        String id = id(register("outer", "", "INVOKE", "SHUTDOWN"));
        Wire runtime = connect().next();
        Wire extension = next(connect(), id);
        awaitIdle();
        CompletableFuture<Answer> answer =
                CompletableFuture.supplyAsync(() -> api.invoke(ServedApi.event("r-1", "{}"), LIMIT.toNanos()));
        Wire.Response told = extension.read();
        assertThat(told.header("Lambda-Extension-Event-Identifier")).matches("[-0-9a-f]{36}");
        assertThat(told.body())
                .isEqualTo("{\"eventType\":\"INVOKE\",\"deadlineMs\":1700000000000,\"requestId\":\"r-1\","
                        + "\"invokedFunctionArn\":\"arn:aws:lambda:us-east-1:000000000000:function:f\","
                        + "\"tracing\":{\"type\":\"X-Amzn-Trace-Id\",\"value\":\"Root=1-2-3\"}}");
        assertThat(runtime.read().status()).isEqualTo(200);
        runtime.respond("r-1", "{}").read();
        assertThat(answer.get()).isInstanceOf(Answer.Response.class);
        runtime.next();
        assertThat(connect()
                        .send(Wire.head("GET /2018-06-01/ping HTTP/1.1", "Host: a"))
                        .read()
                        .status())
                .isEqualTo(200);
        assertThat(idle.availablePermits()).isZero();
        next(extension, id);
        awaitIdle();
    }

    @Test
    void extensionThatOnlyWantsTheEndIsToldOfThatAlone() throws Exception {
        RuntimeApi api = serve("outer");
        String id = id(register("outer", "", "SHUTDOWN"));
        Wire extension = next(connect(), id);
        Wire runtime = connect().next();
        awaitIdle();
        CompletableFuture<Answer> answer =
                CompletableFuture.supplyAsync(() -> api.invoke(ServedApi.event("r-1", "{}"), LIMIT.toNanos()));
        assertThat(runtime.read().status()).isEqualTo(200);
        runtime.respond("r-1", "{}").read();
        assertThat(answer.get()).isInstanceOf(Answer.Response.class);
        runtime.next();
        awaitIdle();
        assertThat(api.shutdownBudget()).isEqualTo(Duration.ofSeconds(2));
        api.shutDown(ShutdownReason.SPINDOWN, 17);
        assertThat(extension.read().body())
                .isEqualTo("{\"eventType\":\"SHUTDOWN\",\"deadlineMs\":17,\"shutdownReason\":\"spindown\"}");
    }

    @Test
    void initErrorEndsTheInitialisation() throws Exception {
        RuntimeApi api = serve("outer");
        String id = id(register("outer", "", "INVOKE"));
        assertThat(report("init/error", id, "").body()).contains("Extension.MissingHeader");
        assertThat(report("init/error", id, "My.Reason").status()).isEqualTo(202);
        assertThat(failure.get(60, TimeUnit.SECONDS))
                .isEqualTo(new ExtensionFailure("outer", "Extension.InitError", "My.Reason"));
        assertThat(api.awaitInitialised(LIMIT)).isInstanceOf(Initialised.Disconnected.class);
        assertThat(next(connect(), id).read().body())
                .contains("State transition from InitError to Ready failed for extension " + id);
    }

    @Test
    void exitErrorEndsTheInvocation() throws Exception {
        RuntimeApi api = serve("outer");
        String id = id(register("outer", "", "INVOKE"));
        Wire extension = next(connect(), id);
        connect().next();
        awaitIdle();
        CompletableFuture<Answer> answer =
                CompletableFuture.supplyAsync(() -> api.invoke(ServedApi.event("r-1", "{}"), LIMIT.toNanos()));
        assertThat(extension.read().body()).contains("INVOKE");
        assertThat(report("exit/error", id, "My.End").status()).isEqualTo(202);
        assertThat(answer.get()).isInstanceOf(Answer.Disconnected.class);
        assertThat(api.extensionFailure()).contains(new ExtensionFailure("outer", "Extension.ExitError", "My.End"));
    }

    @Test
    void endOfAnExtensionsProcessIsACrash() throws Exception {
        RuntimeApi api = serve("outer", "other");
        connect().post("/hearth/extensions/exited/1/3", "", "").read();
        assertThat(failure.get(60, TimeUnit.SECONDS))
                .isEqualTo(new ExtensionFailure("other", "Extension.Crash", "exit status 3"));
        assertThat(api.awaitInitialised(LIMIT)).isInstanceOf(Initialised.Disconnected.class);
    }

    @Test
    void endOfTheRuntimeEndsTheInvocationWhileExtensionsWaitForTheirs() throws Exception {
        RuntimeApi api = serve("outer");
        String id = id(register("outer", "", "SHUTDOWN"));
        Wire extension = next(connect(), id);
        connect().next();
        awaitIdle();
        connect().post("/hearth/extensions/runtime-exited/137", "", "").read();
        assertThat(api.invoke(ServedApi.event("r-1", "{}"), LIMIT.toNanos())).isInstanceOf(Answer.Disconnected.class);
        assertThat(api.runtimeStatus()).hasValue(137);
        api.shutDown(ShutdownReason.FAILURE, 17);
        assertThat(extension.read().body()).contains("\"shutdownReason\":\"failure\"");
        assertThat(api.extensionFailure()).isEmpty();
    }

    @Test
    void subscriptionsToTelemetryAreAnsweredAsByAwsEmulator() throws Exception {
        serve();
        Wire.Response answer = connect()
                .send("PUT /2022-07-01/telemetry HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}")
                .read();
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).contains("Telemetry.NotSupported");
    }

    @Test
    void whatAnExtensionMayNotDoIsRefusedInAwsWords() throws Exception {
        serve("outer");
        assertThat(register("", "", "INVOKE").body()).contains("Extension.InvalidExtensionName");
        assertThat(register("inner", "", "SHUTDOWN").body()).contains("Extension.InvalidEventType");
        assertThat(register("outer", "", "LUNCH").body()).contains("Extension.InvalidEventType", "LUNCH");
        assertThat(connect()
                        .post(API + "register", "Lambda-Extension-Name: outer\r\n", "[]")
                        .read()
                        .body())
                .contains("InvalidRequestFormat");
        assertThat(register("outer", "", "INVOKE").status()).isEqualTo(200);
        Wire.Response twice = register("outer", "", "INVOKE");
        assertThat(twice.status()).isEqualTo(403);
        assertThat(twice.body())
                .isEqualTo("{\"errorMessage\":\"State transition from Registered to Registered failed for extension"
                        + " outer. Error: State transition is not allowed\","
                        + "\"errorType\":\"Extension.InvalidExtensionState\"}\n");
        assertThat(connect()
                        .send("GET " + API + "event/next HTTP/1.1\r\nHost: a\r\n\r\n")
                        .read()
                        .body())
                .contains("Extension.MissingExtensionIdentifier");
        assertThat(next(connect(), "nonsense").read().body()).contains("Extension.InvalidExtensionIdentifier");
        assertThat(next(connect(), "00000000-0000-0000-0000-000000000000")
                        .read()
                        .body())
                .contains("Extension.UnknownExtensionIdentifier");
    }

    @Test
    void eleventhExtensionAndOneAfterTheRuntimeIsInitialisedAreRefused() throws Exception {
        RuntimeApi api = serve();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ids.add(id(register("inner-" + i, "", "INVOKE")));
        }
        assertThat(register("inner-10", "", "INVOKE").body())
                .contains("Extension.TooManyExtensions", "Extension limit (10) reached");
        assertThat(api.shutdownBudget()).isEqualTo(Duration.ofMillis(500));
        for (String id : ids) {
            next(connect(), id);
        }
        connect().next();
        assertThat(api.awaitInitialised(LIMIT)).isInstanceOf(Initialised.Ready.class);
        assertThat(register("late", "", "INVOKE").body()).contains("Extension.RegistrationClosed");
    }

    private RuntimeApi serve(String... external) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = (InetSocketAddress) socket.getLocalAddress();
        var host = new ExtensionHost("f", "1", "a.b", "42", List.of(external));
        RuntimeApi api = RuntimeApi.serve(socket, RuntimeApiConfig.DEFAULT, host, new RuntimeApi.Events() {
            @Override
            public void ready() {
                idle.release();
            }

            @Override
            public void failed(ExtensionFailure how) {
                failure.complete(how);
            }
        });
        open.add(api);
        return api;
    }

    private Wire connect() throws IOException {
        Wire wire = new Wire(address);
        open.add(wire);
        return wire;
    }

    private Wire.Response register(String name, String fields, String... events) throws IOException {
        String body = "{\"events\":["
                + String.join(
                        ",",
                        Arrays.stream(events).map(event -> '"' + event + '"').toList()) + "]}";
        return connect()
                .post(API + "register", "Lambda-Extension-Name: " + name + "\r\n" + fields, body)
                .read();
    }

    private static String id(Wire.Response registered) {
        assertThat(registered.status()).isEqualTo(200);
        return registered.header("Lambda-Extension-Identifier");
    }

    private static Wire next(Wire wire, String id) throws IOException {
        return wire.send(
                "GET " + API + "event/next HTTP/1.1\r\nHost: a\r\nLambda-Extension-Identifier: " + id + "\r\n\r\n");
    }

    private Wire.Response report(String what, String id, String type) throws IOException {
        String error = type.isEmpty() ? "" : "Lambda-Extension-Function-Error-Type: " + type + "\r\n";
        return connect()
                .post(API + what, "Lambda-Extension-Identifier: " + id + "\r\n" + error, "{}")
                .read();
    }

    private void awaitIdle() throws InterruptedException {
        assertThat(idle.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    }
}
