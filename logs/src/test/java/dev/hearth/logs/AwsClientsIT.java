package dev.hearth.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.http.HttpServer;
import dev.hearth.model.Scope;
import dev.hearth.model.SystemClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The AWS CLI and boto3 against a real server. Without them the tests are skipped, and say so.
class AwsClientsIT {
    private static final String GROUP = "/aws/lambda/f";
    private static final String STREAM = "2026/01/01/[$LATEST]0123456789abcdef";

    @TempDir
    Path directory;

    private LogStore store;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        store = LogStore.open(directory.resolve("logs"), LogsConfig.DEFAULT, SystemClock.INSTANCE);
        var api = new LogsApi(store, Scope.DEFAULT, SystemClock.INSTANCE);
        server = HttpServer.start(new InetSocketAddress("127.0.0.1", 0), SystemClock.INSTANCE, api);
    }

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    private record Finished(int status, String output) {}

    private String endpoint() {
        return "http://127.0.0.1:" + server.port();
    }

    private Process process(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        var environment = builder.environment();
        environment.put("AWS_ACCESS_KEY_ID", "any");
        environment.put("AWS_SECRET_ACCESS_KEY", "any");
        environment.put("AWS_DEFAULT_REGION", "us-east-1");
        environment.put("AWS_PAGER", "");
        environment.put("AWS_CONFIG_FILE", directory.resolve("no-config").toString());
        environment.put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    private Finished run(List<String> command) throws Exception {
        Process process = process(command);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Finished(process.exitValue(), output);
    }

    private Finished aws(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("aws", "--endpoint-url", endpoint(), "logs"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private String awsOk(String... arguments) throws Exception {
        Finished finished = aws(arguments);
        assertThat(finished.status()).as(finished.output()).isZero();
        return finished.output();
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void awsCliReadsWritesAndDeletes() throws Exception {
        assumeTrue(works("aws", "--version"), "the AWS CLI is not installed");
        store.append(GROUP, STREAM, Instant.now(), "START ü 🔥");
        store.append(GROUP, STREAM, Instant.now(), "{\"level\": \"ERROR\"}");

        assertThat(awsOk(
                        "describe-log-groups",
                        "--log-group-name-prefix",
                        "/aws/",
                        "--query",
                        "logGroups[].logGroupName"))
                .contains("\"" + GROUP + "\"");
        assertThat(awsOk(
                        "describe-log-streams",
                        "--log-group-name",
                        GROUP,
                        "--order-by",
                        "LastEventTime",
                        "--descending"))
                .contains("\"logStreamName\": \"" + STREAM + "\"");
        assertThat(awsOk(
                        "get-log-events",
                        "--log-group-name",
                        GROUP,
                        "--log-stream-name",
                        STREAM,
                        "--output",
                        "text",
                        "--query",
                        "events[].message"))
                .contains("START ü 🔥");
        assertThat(awsOk(
                        "filter-log-events",
                        "--log-group-name",
                        GROUP,
                        "--filter-pattern",
                        "{ $.level = \"ERROR\" }",
                        "--output",
                        "text",
                        "--query",
                        "events[].message"))
                .isEqualToIgnoringNewLines("{\"level\": \"ERROR\"}");
        awsOk("create-log-stream", "--log-group-name", GROUP, "--log-stream-name", "mine");
        awsOk(
                "put-log-events",
                "--log-group-name",
                GROUP,
                "--log-stream-name",
                "mine",
                "--log-events",
                "timestamp=" + System.currentTimeMillis() + ",message=put");
        assertThat(awsOk("filter-log-events", "--log-group-name", GROUP, "--log-stream-names", "mine"))
                .contains("\"message\": \"put\"");
        awsOk("put-retention-policy", "--log-group-name", GROUP, "--retention-in-days", "30");
        assertThat(awsOk("describe-log-groups")).contains("\"retentionInDays\": 30");
        awsOk("delete-log-group", "--log-group-name", GROUP);
        Finished gone = aws("delete-log-group", "--log-group-name", GROUP);
        assertThat(gone.status()).isNotZero();
        assertThat(gone.output())
                .contains("An error occurred (ResourceNotFoundException) when calling the DeleteLogGroup operation:"
                        + " The specified log group does not exist.");
    }

    @Test
    void awsLogsTailFollowsNewEvents() throws Exception {
        assumeTrue(works("aws", "logs", "tail", "help"), "this AWS CLI has no `logs tail`: it came with version 2");
        store.append(GROUP, STREAM, Instant.now(), "before");
        Process tail = process(List.of("aws", "--endpoint-url", endpoint(), "logs", "tail", GROUP, "--follow"));
        follow(tail, STREAM);
    }

    @Test
    void pollingAsAwsLogsTailDoesShowsEveryEventOnce() throws Exception {
        assumeTrue(works("python3", "-c", "import boto3"), "boto3 is not installed");
        IntStream.range(0, 25_000).forEach(i -> store.append(GROUP, STREAM, Instant.now(), "old " + i));
        Process tail = process(List.of("python3", script().toString(), endpoint(), GROUP));
        try (BufferedReader out = tail.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("following");
            for (int i = 0; i < 25_000; i++) {
                assertThat(out.readLine()).isEqualTo(STREAM + " old " + i);
            }
            for (int i = 0; i < 50; i++) {
                store.append(GROUP, "other", Instant.now(), "new " + i);
                assertThat(out.readLine()).isEqualTo("other new " + i);
            }
            store.append(GROUP, STREAM, Instant.now(), "stop");
            assertThat(out.readLine()).isEqualTo(STREAM + " stop");
            assertThat(tail.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(tail.exitValue()).isZero();
        } finally {
            tail.destroyForcibly();
        }
    }

    private void follow(Process tail, String stream) throws Exception {
        try (BufferedReader out = tail.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).endsWith(stream + " before");
            store.append(GROUP, stream, Instant.now(), "after");
            assertThat(out.readLine()).endsWith(stream + " after");
        } finally {
            tail.destroyForcibly();
        }
    }

    private Path script() throws IOException {
        Path script = directory.resolve("tail.py");
        try (var in = AwsClientsIT.class.getResourceAsStream("tail.py")) {
            Files.write(script, in.readAllBytes());
        }
        return script;
    }
}
