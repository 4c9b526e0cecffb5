package dev.hearth.benchmarks;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A server of ours, started by its launcher; closing it is SIGTERM and waiting.
///
/// @param firstAnswerNanos from the launcher's start to the first answered request
/// @param atExit           ends the server where the benchmark is ended
record HearthProcess(Process process, int port, long firstAnswerNanos, Thread atExit) implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final long STOP_SECONDS = 60;

    static HearthProcess start(Path launcher, Path data, int port) throws IOException {
        return start(launcher, data, port, "");
    }

    /// @param configuration YAML; see docs/configuration.md
    static HearthProcess start(Path launcher, Path data, int port, String configuration) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(launcher.toString(), "up", "--port", "" + port, "--data", data.toString()));
        if (!configuration.isEmpty()) {
            Path file = data.resolveSibling(data.getFileName() + ".yaml");
            Files.writeString(file, configuration);
            command.addAll(List.of("--config", file.toString()));
        }
        Path log = data.resolveSibling(data.getFileName() + ".log");
        var builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        long start = System.nanoTime();
        Process process = builder.start();
        Thread atExit = new Thread(process::destroy, "end-server");
        Runtime.getRuntime().addShutdownHook(atExit);
        while (!answers(port)) {
            if (!process.isAlive() || System.nanoTime() - start > START_LIMIT.toNanos()) {
                process.destroyForcibly();
                throw new UnavailableException("Hearth did not start; its log is " + log);
            }
            LockSupport.parkNanos(1_000_000);
        }
        return new HearthProcess(process, port, System.nanoTime() - start, atExit);
    }

    private static boolean answers(int port) {
        try {
            var connection =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/2016-08-19/account-settings/")
                            .toURL()
                            .openConnection();
            try {
                return connection.getResponseCode() == 200;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }

    /// A line of `/proc/PID/status`, in MB of 10^6 bytes; the launcher becomes the server, so this is the server's.
    double statusMegabytes(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024 / 1e6)
                .findFirst()
                .orElse(Double.NaN);
    }

    @Override
    public void close() {
        Exits.forget(atExit);
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
