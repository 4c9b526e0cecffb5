package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs a short-lived program of the host.
final class Command {
    static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C");

    private static final int LIMIT_SECONDS = 30;

    private Command() {}

    /// What the program printed on stdout and stderr.
    ///
    /// @throws IOException when it cannot be started or does not end with 0; the message quotes what it printed
    static String run(String... command) throws IOException {
        return runWithInput("", command);
    }

    static String runWithInput(String input, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        Process process = builder.start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        try (var stdout = process.getInputStream()) {
            String output = new String(stdout.readAllBytes(), StandardCharsets.UTF_8).strip();
            int code = exitCode(process);
            if (code != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + code + ": " + output);
            }
            return output;
        }
    }

    private static int exitCode(Process process) throws IOException {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(
                        process.info().command().orElse("a program") + " did not end in " + LIMIT_SECONDS + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a program", e);
        }
    }
}
