package dev.hearth.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// An external program, run to its end.
///
/// @param exit   its status
/// @param output what it wrote to both streams
record Command(int exit, String output) {
    /// @throws AssertionError when it takes longer than `limit`
    static Command run(Duration limit, Path directory, Map<String, String> environment, List<String> words) {
        try {
            Path out = Files.createTempFile("hearth-command", ".out");
            try {
                var builder = new ProcessBuilder(words)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(new java.io.File("/dev/null"))
                        .redirectOutput(out.toFile());
                builder.environment().putAll(environment);
                // A JVM says what it took from there, amid what is expected of it.
                builder.environment().remove("JAVA_TOOL_OPTIONS");
                Process process = builder.start();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                    throw new AssertionError(words + " took longer than " + limit + ":\n" + Files.readString(out));
                }
                return new Command(process.exitValue(), Files.readString(out));
            } finally {
                Files.delete(out);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /// Whether a program of that name is on the PATH.
    static boolean exists(String program) {
        return run(
                                Duration.ofMinutes(1),
                                Path.of("."),
                                Map.of(),
                                List.of("sh", "-c", "command -v \"$0\" >/dev/null", program))
                        .exit()
                == 0;
    }

    Command orFail() {
        if (exit != 0) {
            throw new AssertionError("exit status " + exit + ":\n" + output);
        }
        return this;
    }
}
