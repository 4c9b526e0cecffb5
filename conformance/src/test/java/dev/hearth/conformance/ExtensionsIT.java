package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.State;

/// External extensions in a layer, through a real server: their events, what their failures lead to, and their end.
class ExtensionsIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    /// For what an extension says to be in the log, where it says it in time.
    private static final Duration TOLD_LIMIT = Duration.ofSeconds(20);

    private static final int TIMES = 4;
    private static final String EVENT = "{\"n\": 1}";

    /// Says in the log what it is told, and does what the function's variable MODE says.
    private static final String EXTENSION = """
            #!/usr/bin/env python3
            import json, os, sys, urllib.request
            mode = os.environ.get("MODE", "")
            api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2020-01-01/extension/"
            def call(path, body=None, **headers):
                headers = {"Lambda-Extension-" + k.replace("_", "-"): v for k, v in headers.items()}
                return urllib.request.urlopen(urllib.request.Request(api + path, body, headers))
            if mode == "die":
                sys.exit(7)
            with call("register", b'{"events": ["INVOKE", "SHUTDOWN"]}', Name="watch.py",
                      Accept_Feature="accountId") as answer:
                me = answer.headers["Lambda-Extension-Identifier"]
                print("REGISTERED", answer.read().decode(), sorted(k for k in os.environ if "HANDLER" in k), flush=True)
            if mode == "refuse":
                call("init/error", b"{}", Identifier=me, Function_Error_Type="Watch.NoReason")
            if mode == "stall":
                import time
                time.sleep(300)
            while True:
                with call("event/next", Identifier=me) as answer:
                    event = json.load(answer)
                    print("TOLD", os.environ.get("TAG", ""), json.dumps(event), flush=True)
                    if event["eventType"] == "SHUTDOWN":
                        sys.exit(0)
                    if mode == "crash":
                        os.kill(os.getpid(), 9)
            """;

    private static final Code FUNCTION = Code.of("app.py", """
            import os, time
            def handler(event, context):
                if "exit" in event:
                    os._exit(event["exit"])
                time.sleep(event.get("sleep", 0))
                return event
            """);

    private static final Path DATA = HearthServer.newData();
    private static HearthServer server;
    private static Lambda lambda;

    @BeforeAll
    static void start() {
        server = HearthServer.start(DATA);
        lambda = Lambda.at(server.endpoint());
    }

    @AfterAll
    static void stop() {
        lambda.close();
        server.close();
        HearthServer.delete(DATA);
    }

    @Test
    void extensionIsToldOfInvocationsAndOfItsFunction() {
        String name = deploy("");
        Answer answer = lambda.call(name, EVENT);
        assertThat(answer.payload()).isEqualTo(EVENT);
        Deadline.await(
                "the event is in the log", LIMIT, () -> log().contains(":function:" + name + "\", \"tracing\": "));
        assertThat(log())
                .contains(
                        "\"functionName\":\"" + name + "\",\"functionVersion\":\"$LATEST\",\"handler\":\"app.handler\","
                                + "\"accountId\":\"000000000000\"} []")
                .contains("EXTENSION\tName: watch.py\tState: Ready\tEvents: [INVOKE, SHUTDOWN]")
                .containsPattern(
                        "TOLD  \\{\"eventType\": \"INVOKE\", \"deadlineMs\": \\d+, \"requestId\": \"[-0-9a-f]+\","
                                + " \"invokedFunctionArn\": \"[^\"]+:function:" + name
                                + "\", \"tracing\": \\{\"type\": "
                                + "\"X-Amzn-Trace-Id\"");
    }

    @Test
    void instanceServesManyInvocationsBesideItsExtension() {
        String name = deploy("");
        for (int i = 0; i < 20; i++) {
            assertThat(lambda.call(name, "{\"n\": " + i + "}").payload()).isEqualTo("{\"n\": " + i + "}");
        }
    }

    @Test
    void extensionThatEndsBeforeItRegistersIsTheCallersError() {
        String name = deploy("die");
        Answer answer = lambda.call(name, EVENT);
        assertThat(answer.errorType()).isEqualTo("Extension.Crash");
        assertThat(answer.errorMessage()).matches("RequestId: \\S+ Error: exit status 7");
    }

    @Test
    void extensionThatReportsAnInitErrorIsTheCallersError() {
        Answer answer = lambda.call(deploy("refuse"), EVENT);
        assertThat(answer.errorType()).isEqualTo("Extension.InitError");
        assertThat(answer.errorMessage()).matches("RequestId: \\S+ Error: Watch.NoReason");
    }

    @Test
    void extensionThatNeverAsksForAnEventTimesTheInitOut() {
        withServer("limits: {initSeconds: 3}\n", client -> {
            Answer answer = client.call(deploy(client, "stall", ""), EVENT);
            assertThat(answer.errorType()).isEqualTo("Sandbox.Timedout");
            assertThat(answer.errorMessage()).contains("Initialization timed out after 3.00 seconds");
        });
    }

    @Test
    void extensionThatCrashesInAnInvocationEndsTheInstanceAndTheNextCallGetsAnother() {
        String name = deploy("crash");
        for (int i = 0; i < 3; i++) {
            // The answer may have been there before the crash.
            Answer answer = lambda.call(name, EVENT);
            assertThat(answer.payload())
                    .satisfiesAnyOf(
                            payload -> assertThat(payload).isEqualTo(EVENT),
                            payload -> assertThat(payload).contains("Extension.Crash", "signal: killed"));
        }
        Deadline.await("the crash is in the log", LIMIT, () -> log().contains("Extension.Crash"));
    }

    @Test
    void endOfTheRuntimeIsTheCallersErrorAndTheExtensionIsToldOfAFailure() {
        String name = deploy("", "failed");
        awaitTold("failed", "failure", time -> {
            Answer answer = lambda.call(name, "{\"exit\": 3}");
            assertThat(answer.errorType()).isEqualTo("Runtime.ExitError");
            assertThat(answer.errorMessage()).contains("Runtime exited with error: exit status 3");
        });
        assertThat(lambda.call(name, EVENT).payload()).isEqualTo(EVENT);
    }

    @Test
    void extensionIsToldOfATimeOut() {
        String name = deploy("", "late");
        lambda.sdk().updateFunctionConfiguration(r -> r.functionName(name).timeout(1));
        lambda.awaitUpdated(name);
        awaitTold(
                "late",
                "timeout",
                time -> assertThat(lambda.call(name, "{\"sleep\": 60}").errorType())
                        .isEqualTo("Sandbox.Timedout"));
    }

    @Test
    void extensionsOfReplacedInstancesAreToldOfTheirEnd() {
        String name = deploy("", "replaced");
        assertThat(lambda.call(name, EVENT).payload()).isEqualTo(EVENT);
        awaitTold("replaced", "spindown", time -> {
            Code next = Code.of("app.py", "def handler(e, c):\n    return 2 # at the " + time + ". time\n");
            lambda.sdk().updateFunctionCode(r -> r.functionName(name).zipFile(SdkBytes.fromByteArray(next.zip())));
            lambda.awaitUpdated(name);
        });
        assertThat(lambda.call(name, EVENT).payload()).isEqualTo("2");
    }

    @Test
    void extensionsAreToldWhenTheServerStops() {
        String log = "";
        for (int time = 1;
                time <= TIMES && !told("stopped", "spindown").matcher(log).find();
                time++) {
            log = withServer("", client -> {
                String name = deploy(client, "", "stopped");
                assertThat(client.call(name, EVENT).payload()).isEqualTo(EVENT);
            });
        }
        assertThat(log).containsPattern(told("stopped", "spindown"));
    }

    /// Ends an instance until its extension has said that it was told. It has two seconds for that, as on AWS, which
    /// may be too few on a busy machine.
    private static void awaitTold(String tag, String reason, IntConsumer end) {
        for (int time = 1; ; time++) {
            end.accept(time);
            try {
                Deadline.await(tag + " is told of " + reason, TOLD_LIMIT, () -> isTold(tag, reason));
                return;
            } catch (AssertionError wasNotInTime) {
                if (time == TIMES) {
                    throw wasNotInTime;
                }
            }
        }
    }

    /// With a server of its own.
    ///
    /// @return what functions wrote until it had stopped
    private static String withServer(String yaml, Consumer<Lambda> test) {
        Path data = HearthServer.newData();
        try {
            try (HearthServer mine = HearthServer.start(data, yaml);
                    Lambda client = Lambda.at(mine.endpoint())) {
                test.accept(client);
            }
            return log(data);
        } finally {
            HearthServer.delete(data);
        }
    }

    private static boolean isTold(String tag, String reason) {
        return told(tag, reason).matcher(log()).find();
    }

    private static Pattern told(String tag, String reason) {
        return Pattern.compile("TOLD " + tag
                + " \\{\"eventType\": \"SHUTDOWN\", \"deadlineMs\": \\d+, \"shutdownReason\": \"" + reason + "\"");
    }

    private static String deploy(String mode) {
        return deploy(mode, "");
    }

    private static String deploy(String mode, String tag) {
        return deploy(lambda, mode, tag);
    }

    private static String deploy(Lambda client, String mode, String tag) {
        String layer = client.sdk()
                .publishLayerVersion(r -> r.layerName(Lambda.newName("extension"))
                        .content(c -> c.zipFile(SdkBytes.fromByteArray(
                                Code.of("extensions/watch.py", EXTENSION).zip()))))
                .layerVersionArn();
        String name = client.create(
                Toolchain.pythonRuntime(),
                "app.handler",
                FUNCTION,
                f -> f.layers(layer).environment(e -> e.variables(Map.of("MODE", mode, "TAG", tag))));
        Deadline.await(
                name + " is deployed",
                LIMIT,
                () -> client.sdk()
                                .getFunctionConfiguration(r -> r.functionName(name))
                                .state()
                        != State.PENDING);
        return name;
    }

    private static String log() {
        return log(DATA);
    }

    /// All that functions wrote.
    private static String log(Path data) {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> tree = Files.walk(data.resolve("logs"))) {
            List<Path> files = tree.filter(Files::isRegularFile).toList();
            for (Path file : files) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            return ""; // a file that was just removed: asked for again
        }
        return all.toString();
    }
}
