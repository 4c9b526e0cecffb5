package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.State;

/// Extensions in a layer that subscribe to telemetry, each in its own way, through a real server with real sandboxes.
class TelemetryIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /// Keeps what it is told in `/tmp`, where the function finds it; its file's name says how it wants to be told.
    private static final String EXTENSION = """
            #!/usr/bin/env python3
            import json, os, socket, sys, threading, time, urllib.request
            from http.server import BaseHTTPRequestHandler, HTTPServer
            name = os.path.basename(sys.argv[0])
            api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"]
            file = open("/tmp/" + name, "a+")

            def call(method, path, body, **headers):
                headers = {"Lambda-Extension-" + k: v for k, v in headers.items()}
                return urllib.request.urlopen(urllib.request.Request(api + path, body, headers, method=method))

            def keep(event):
                file.write(json.dumps(event) + "\\n")
                file.flush()

            class Handler(BaseHTTPRequestHandler):
                protocol_version = "HTTP/1.1"
                def do_POST(self):
                    for event in json.loads(self.rfile.read(int(self.headers["Content-Length"]))):
                        keep(event)
                    self.send_response(200)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                do_PUT = do_POST
                def log_message(self, *ignored):
                    pass

            def http(**more):
                server = HTTPServer(("sandbox.localdomain", 0), Handler)
                threading.Thread(target=server.serve_forever, daemon=True).start()
                return {"protocol": "HTTP", "URI": f"http://sandbox.localdomain:{server.server_port}/in", **more}

            def brief(line):
                event = json.loads(line)
                record = event["record"]
                return event["type"] + ("=" + record["status"] if "status" in record else "")

            def listen(listener):
                for line in listener.accept()[0].makefile():
                    keep(json.loads(line))

            def tcp(deaf=False):
                listener = socket.create_server(("sandbox", 0))
                if not deaf:
                    threading.Thread(target=listen, args=[listener], daemon=True).start()
                globals()["kept"] = listener
                return {"protocol": "TCP", "port": listener.getsockname()[1]}

            def subscribe(path, version, destination, timeout):
                body = {"schemaVersion": version, "destination": destination,
                        "types": ["platform", "function", "extension"], "buffering": {"timeoutMs": timeout}}
                with call("PUT", path, json.dumps(body).encode(), Identifier=me) as answer:
                    assert answer.read() == b'"OK"'

            with call("POST", "/2020-01-01/extension/register", b'{"events": ["INVOKE", "SHUTDOWN"]}', Name=name) as answer:
                me = answer.headers["Lambda-Extension-Identifier"]
            if name == "web.py":
                subscribe("/2022-07-01/telemetry", "2022-12-13", http(), 25)
            elif name == "late.py":
                subscribe("/2022-07-01/telemetry", "2025-01-29", http(), 30000)
            elif name == "lines.py":
                subscribe("/2022-07-01/telemetry", "2022-07-01", tcp(), 25)
            elif name == "logs.py":
                subscribe("/2020-08-15/logs", "2021-03-18", http(method="PUT", encoding="JSON"), 25)
            elif name == "deaf.py":
                subscribe("/2022-07-01/telemetry", "2022-07-01", tcp(deaf=True), 25)
            while True:
                with call("GET", "/2020-01-01/extension/event/next", None, Identifier=me) as answer:
                    event = json.load(answer)
                if event["eventType"] == "SHUTDOWN":
                    late = time.monotonic() + 1.5  # on a slow machine it is still being told; it has 2 s
                    while time.monotonic() < late and "platform.report" not in open(file.name).read():
                        time.sleep(0.01)
                    file.seek(0)
                    print("SEEN", os.environ["TAG"], name, *map(brief, file), flush=True)
                    sys.exit(0)
                print("hello from", name, flush=True)
                time.sleep(0.2)
            """;

    private static final Code FUNCTION = Code.of("app.py", """
            import glob, json, os, time
            def handler(event, context):
                print("hello from the function")
                if "exit" in event:
                    os._exit(event["exit"])
                time.sleep(event.get("sleep", 0))
                for _ in range(event.get("lines", 0)):
                    print("x" * 1000)
                if event.get("fail"):
                    raise ValueError("no")
                told = {}
                for name in glob.glob("/tmp/*.py"):
                    with open(name) as file:
                        told[name[5:]] = [json.loads(line) for line in file]
                return told
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
    void subscriberByHttpIsToldOfEverything() {
        String name = deploy("everything", "web.py");
        String told = awaitTold(name, "platform.report");
        for (String type : List.of(
                "platform.initStart",
                "platform.telemetrySubscription",
                "platform.extension",
                "platform.initRuntimeDone",
                "platform.initReport",
                "platform.start",
                "platform.runtimeDone")) {
            assertThat(told).contains("\"type\": \"" + type + "\"");
        }
        assertThat(told)
                .contains("\"type\": \"function\", \"record\": \"hello from the function\"")
                .contains("\"type\": \"extension\", \"record\": \"hello from web.py\"")
                .contains("\"functionName\": \"" + name + "\"")
                .containsPattern(
                        "\"status\": \"success\", \"metrics\": \\{\"durationMs\": \\d+\\.\\d+, \"billedDurationMs\": \\d+, "
                                + "\"memorySizeMB\": \\d+, \"maxMemoryUsedMB\": \\d+");
    }

    @Test
    void subscriberByTcpIsToldOfInvocations() {
        assertThat(awaitTold(deploy("lines", "lines.py"), "platform.report"))
                .containsSubsequence(
                        "platform.initStart", "platform.start", "hello from the function", "platform.runtimeDone");
    }

    @Test
    void reportCountsTheTimeOfExtensions() {
        String told = awaitTold(deploy("report", "web.py"), "platform.report");
        assertThat(told).doesNotContainPattern("\"billedDurationMs\": 1?\\d?\\d,");
    }

    @Test
    void subscriberOfTheLogsApiIsToldOfInvocations() {
        String told = awaitTold(deploy("logs", "logs.py"), "platform.report");
        assertThat(told)
                .contains("platform.logsSubscription", "platform.start", "platform.runtimeDone", "platform.end")
                .contains("\"type\": \"function\", \"record\": \"hello from the function\"")
                .doesNotContain("platform.init", "platform.telemetrySubscription");
    }

    @Test
    void whatIsBufferedIsDeliveredBeforeAnInstanceIsFrozenAndBeforeItsEnd() {
        String name = deploy("buffered", "late.py", "web.py", "logs.py");
        assertThat(lambda.call(name, "{}").errorType()).isEmpty();
        lambda.sdk()
                .updateFunctionCode(r -> r.functionName(name)
                        .zipFile(SdkBytes.fromByteArray(Code.of("app.py", "def handler(e, c):\n    return 2\n")
                                .zip())));
        lambda.awaitUpdated(name);
        Deadline.await(
                "the buffered subscriber was told of the invocation",
                LIMIT,
                () -> isSeen("buffered", "platform.initReport=success platform.start ", "platform.report=success"));
    }

    @Test
    void invocationThatTimesOutIsTold() {
        String name = deploy("slow", "late.py");
        lambda.sdk().updateFunctionConfiguration(r -> r.functionName(name).timeout(1));
        lambda.awaitUpdated(name);
        assertThat(lambda.call(name, "{\"sleep\": 60}").errorType()).isEqualTo("Sandbox.Timedout");
        Deadline.await(
                "the time-out is told",
                LIMIT,
                () -> isSeen("slow", "platform.runtimeDone=timeout", "platform.report=timeout"));
    }

    @Test
    void endOfTheRuntimeIsTold() {
        String name = deploy("exit", "late.py");
        assertThat(lambda.call(name, "{\"exit\": 3}").errorType()).isEqualTo("Runtime.ExitError");
        Deadline.await(
                "the failure is told",
                LIMIT,
                () -> isSeen("exit", "platform.runtimeDone=failure", "platform.report=failure"));
    }

    /// Whether an extension has said at its end that it was told of all that, in that order.
    private static boolean isSeen(String tag, String... events) {
        Pattern pattern = Pattern.compile("SEEN " + tag + " late.py .*"
                + Stream.of(events).map(Pattern::quote).collect(Collectors.joining(".*")));
        return log().lines().anyMatch(line -> pattern.matcher(line).find());
    }

    @Test
    void errorsOfTheFunctionAreTold() {
        String name = deploy("error", "web.py");
        Deadline.await("the error was told", LIMIT, () -> {
            assertThat(lambda.call(name, "{\"fail\": true}").payload()).contains("ValueError");
            return lambda.call(name, "{}").payload().contains("\"status\": \"error\", \"errorType\": \"ValueError\"");
        });
    }

    @Test
    void listenerThatTakesNothingHarmsNobody() {
        String name = deploy("deaf", "deaf.py");
        for (int i = 0; i < 3; i++) {
            Answer answer = lambda.call(name, "{\"lines\": 3000}");
            assertThat(answer.payload()).contains("deaf.py");
        }
    }

    /// What the function's instance was told when an event of that type was among it.
    private static String awaitTold(String function, String type) {
        String[] told = {""};
        Deadline.await(type + " was told", LIMIT, () -> {
            told[0] = lambda.call(function, "{}").payload();
            return told[0].contains(type);
        });
        return told[0];
    }

    private static String deploy(String tag, String... extensions) {
        Code layer = new Code();
        for (String extension : extensions) {
            layer.with("extensions/" + extension, EXTENSION);
        }
        byte[] zip = layer.zip();
        String arn = lambda.sdk()
                .publishLayerVersion(r ->
                        r.layerName(Lambda.newName("telemetry")).content(c -> c.zipFile(SdkBytes.fromByteArray(zip))))
                .layerVersionArn();
        String name = lambda.create(
                Toolchain.pythonRuntime(),
                "app.handler",
                FUNCTION,
                f -> f.layers(arn).timeout(30).environment(e -> e.variables(Map.of("TAG", tag))));
        Deadline.await(
                name + " is deployed",
                LIMIT,
                () -> lambda.sdk()
                                .getFunctionConfiguration(r -> r.functionName(name))
                                .state()
                        != State.PENDING);
        return name;
    }

    /// All that functions and extensions wrote.
    private static String log() {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> tree = Files.walk(DATA.resolve("logs"))) {
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
