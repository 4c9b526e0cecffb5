package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.model.Payload;
import dev.hearth.model.ResponseSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A function's process without a sandbox: its runtime talks to a Runtime API on a loopback port.
final class FunctionRun implements AutoCloseable {
    static final String REQUEST_ID = "0b7a1d9e-0000-4000-8000-000000000001";

    final ServedApi served = new ServedApi();
    private final Process process;
    private final Path output;

    /// @param command the runtime's command, with host paths
    FunctionRun(List<String> command, Path task, String handler, Map<String, String> more) throws IOException {
        output = Files.createTempFile("hearth-function", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(task.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(environment(task, handler, served.address.getPort()));
        environment.putAll(more);
        process = builder.start();
    }

    private static Map<String, String> environment(Path task, String handler, int port) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + port);
        environment.put("LAMBDA_TASK_ROOT", task.toString());
        environment.put("_HANDLER", handler);
        environment.put("AWS_LAMBDA_FUNCTION_NAME", "fn");
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128");
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/fn");
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "stream");
        environment.put("AWS_REGION", "us-east-1");
        environment.put("LANG", "en_US.UTF-8");
        environment.put("TZ", ":UTC");
        environment.put("PATH", "/usr/bin:/bin");
        return environment;
    }

    Initialised initialised() {
        return served.api.awaitInitialised(Duration.ofSeconds(60));
    }

    Answer invoke(String payload) {
        return invoke(event(REQUEST_ID, payload));
    }

    Answer invoke(RuntimeEvent event) {
        return served.api.invoke(event, TimeUnit.SECONDS.toNanos(60));
    }

    /// Invokes with the answer streamed to `sink`.
    CompletableFuture<Answer> stream(String payload, ResponseSink sink) {
        RuntimeEvent plain = event(REQUEST_ID, payload);
        RuntimeEvent event = new RuntimeEvent(
                REQUEST_ID,
                plain.deadlineEpochMillis(),
                plain.invokedArn(),
                plain.traceId(),
                Optional.empty(),
                Optional.empty(),
                plain.payload(),
                sink);
        return served.invoke(event, 60_000);
    }

    static RuntimeEvent event(String id, String payload) {
        return new RuntimeEvent(
                id,
                System.currentTimeMillis() + 60_000,
                "arn:aws:lambda:us-east-1:000000000000:function:fn",
                "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0",
                Optional.of("{\"custom\":{\"k\":\"grün\"},\"env\":{\"e\":1},\"client\":{\"app_title\":\"t\"}}"),
                Optional.of("{\"cognitoIdentityId\":\"ci\",\"cognitoIdentityPoolId\":\"cp\"}"),
                new Payload(payload.getBytes(UTF_8)));
    }

    /// The body of a response; anything else fails the test.
    String result(String payload) {
        return switch (invoke(payload)) {
            case Answer.Response(Payload body) -> text(body);
            case Answer.Error(String type, Payload body) -> throw new AssertionError(type + " " + text(body));
            case Answer.TooLarge t -> throw new AssertionError(t);
            case Answer.TimedOut t -> throw new AssertionError("timed out; log: " + log());
            case Answer.Disconnected d -> throw new AssertionError("disconnected; log: " + log());
        };
    }

    /// The error document; anything else fails the test.
    String error(String payload) {
        Answer answer = invoke(payload);
        if (answer instanceof Answer.Error(String type, Payload body)) {
            return text(body);
        }
        throw new AssertionError(answer + "; log: " + log());
    }

    /// The error document of an initialisation that fails; anything else fails the test.
    String initError() {
        Initialised how = initialised();
        if (how instanceof Initialised.Failed(String type, Payload body)) {
            return text(body);
        }
        throw new AssertionError(how + "; log: " + log());
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the process still runs; log: " + log());
        }
        return process.exitValue();
    }

    String log() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static String text(Payload payload) {
        return new String(payload.bytes(), UTF_8);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        served.close();
        Files.deleteIfExists(output);
    }
}
