package dev.hearth.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A server in a process of its own, as `hearth up` starts it.
final class HearthServer implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);

    private static final Pattern READY = Pattern.compile("is ready at http://127\\.0\\.0\\.1:(\\d+) ");

    private final Process process;
    private final int port;
    private final Path log;

    private HearthServer(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /// A directory that functions' unprivileged users can traverse, unlike those of JUnit and most homes.
    static Path newData() {
        try {
            Path data = Files.createTempDirectory("hearth-it-");
            return Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Starts with defaults.
    static HearthServer start(Path data) {
        return start(data, "");
    }

    /// Starts and waits until it answers.
    ///
    /// @param data what must survive a restart; created where it is missing
    /// @param yaml the configuration; empty for none
    static HearthServer start(Path data, String yaml) {
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.hearth.server.Main",
                    "up",
                    "--port",
                    "0",
                    "--data",
                    data.toString()));
            if (!yaml.isEmpty()) {
                Path config = data.resolve("conformance.yaml");
                Files.writeString(config, yaml);
                command.addAll(List.of("--config", config.toString()));
            }
            Path log = Files.createDirectories(Path.of("target", "servers")).resolve(data.getFileName() + ".log");
            long before = Files.exists(log) ? Files.size(log) : 0;
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().put("HEARTH_HOME", Path.of("..").toRealPath().toString());
            Process process = builder.start();
            return new HearthServer(process, awaitPort(process, log, before), log.toAbsolutePath());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The port it took, which it says when it answers there.
    ///
    /// @param before how much the servers before it wrote to the log
    private static int awaitPort(Process process, Path log, long before) {
        var port = new AtomicInteger();
        try {
            Deadline.await("server is ready; its log is " + log, READY_LIMIT, () -> {
                boolean alive = process.isAlive();
                byte[] all = Files.readAllBytes(log);
                String said = new String(all, (int) before, (int) (all.length - before), StandardCharsets.UTF_8);
                Matcher ready = READY.matcher(said);
                if (ready.find()) {
                    port.set(Integer.parseInt(ready.group(1)));
                } else if (!alive) {
                    throw new AssertionError("server ended with " + process.exitValue() + ":\n" + said);
                }
                return port.get() != 0;
            });
        } catch (AssertionError notReady) {
            process.destroyForcibly();
            process.onExit().join();
            throw notReady;
        }
        return port.get();
    }

    int port() {
        return port;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /// Everything the server wrote.
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// A plain connection, for what no client would send.
    Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(60_000);
        return socket;
    }

    java.net.http.HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(endpoint().resolve(path))
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    /// `kill -9`: no drain, no clean-up.
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /// SIGTERM, and waits for the end of the drain.
    int stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("server did not end within " + STOP_LIMIT + " of SIGTERM:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> below = process.descendants().toList();
        try {
            if (process.isAlive()) {
                stop();
            }
        } finally {
            process.destroyForcibly();
            below.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /// Removes a data directory of a server that has ended.
    static void delete(Path data) {
        if (!Files.exists(data)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(data)) {
            for (Path path : tree.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
