package dev.hearth.benchmarks;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A server of ours, started by its launcher; closing it is SIGTERM and waiting.
///
/// @param firstAnswerNanos from the launcher's start to the first answered request
record HearthProcess(Process process, int port, long firstAnswerNanos) implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final long STOP_SECONDS = 60;

    static HearthProcess start(Path launcher, Path data, int port) throws IOException {
        var builder = new ProcessBuilder(launcher.toString(), "up", "--port", "" + port, "--data", data.toString());
        Path log = data.resolveSibling(data.getFileName() + ".log");
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        long start = System.nanoTime();
        Process process = builder.start();
        while (!answers(port)) {
            if (!process.isAlive() || System.nanoTime() - start > START_LIMIT.toNanos()) {
                process.destroyForcibly();
                throw new UnavailableException("Hearth did not start; its log is " + log);
            }
            LockSupport.parkNanos(1_000_000);
        }
        return new HearthProcess(process, port, System.nanoTime() - start);
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
