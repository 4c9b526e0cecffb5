package dev.hearth.runtime.java;

import dev.hearth.runtime.java.RuntimeApiServer.Event;
import dev.hearth.runtime.java.RuntimeApiServer.Post;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A JVM that runs one function, with its Runtime API.
final class FunctionProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    /// Which runtime serves the function.
    enum Client {
        OURS,
        OFFICIAL
    }

    /// How to start the function.
    ///
    /// @param before      jars that stand before the runtime's on the class path
    /// @param classPath   the function's own, after the runtime's
    /// @param environment on top of what a sandbox always has
    record Setup(
            Client client,
            Path jdk,
            String handler,
            List<Path> before,
            List<Path> classPath,
            Map<String, String> environment) {
        Setup(Client client, Path jdk, String handler) {
            this(client, jdk, handler, List.of(), ClassPath.FUNCTION, Map.of());
        }

        Setup withBefore(List<Path> jars) {
            return new Setup(client, jdk, handler, jars, classPath, environment);
        }

        Setup withFirst(Path directory) {
            List<Path> more = new ArrayList<>(List.of(directory));
            more.addAll(classPath);
            return new Setup(client, jdk, handler, before, more, environment);
        }

        Setup with(Map<String, String> more) {
            return new Setup(client, jdk, handler, before, classPath, more);
        }
    }

    private final RuntimeApiServer api = new RuntimeApiServer();
    private final Path log = Files.createTempFile("function", ".log");
    private final Process process;
    private final long startedNanos;
    private int invocations;

    FunctionProcess(Setup setup) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(setup.jdk().resolve("bin/java").toString());
        command.addAll(List.of(
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null"));
        command.addAll(List.of("-cp", ClassPath.of(setup)));
        if (setup.client() == Client.OURS) {
            command.add("dev.hearth.runtime.java.Bootstrap");
        } else {
            command.addAll(List.of("com.amazonaws.services.lambda.runtime.api.client.AWSLambda", setup.handler()));
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API", api.address(),
                        "_HANDLER", setup.handler(),
                        "AWS_LAMBDA_FUNCTION_NAME", "orders",
                        "AWS_LAMBDA_FUNCTION_VERSION", "7",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256",
                        "AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/orders",
                        "AWS_LAMBDA_LOG_STREAM_NAME", "2026/01/31/[7]abc"));
        builder.environment().putAll(setup.environment());
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        startedNanos = System.nanoTime();
        process = builder.start();
    }

    /// Milliseconds from the start of the process to its first `GET invocation/next`.
    double awaitStartMillis() throws InterruptedException {
        return (api.awaitFirstAsked(PATIENCE_SECONDS) - startedNanos) / 1e6;
    }

    RuntimeApiServer api() {
        return api;
    }

    /// Invokes and gives what the function posted; a process that ends first is an error of the test.
    Post invoke(String event) throws InterruptedException, IOException {
        return invoke(event, Conversation.HEADERS);
    }

    Post invoke(String event, Map<String, String> headers) throws InterruptedException, IOException {
        Post post = tryInvoke(event, headers);
        if (post == null) {
            throw new AssertionError("the function's process ended without an answer; its log:\n" + log());
        }
        return post;
    }

    /// Invokes; null when the process ended without an answer.
    @Nullable
    Post tryInvoke(String event, Map<String, String> headers) throws InterruptedException {
        api.enqueue(new Event("id-" + ++invocations, event.getBytes(StandardCharsets.UTF_8), headers));
        return awaitPost();
    }

    /// The next post; null when the process ended without one.
    @Nullable
    Post awaitPost() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < deadline) {
            boolean ended = !process.isAlive();
            Post post = api.awaitPost(ended ? 0 : 50);
            if (post != null || ended) {
                return post;
            }
        }
        throw new AssertionError("no answer and no end within " + PATIENCE_SECONDS + " s");
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the process has not ended within " + PATIENCE_SECONDS + " s");
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        api.close();
        Files.delete(log);
    }
}
