package dev.hearth.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs interpreters for a moment, to learn from them or to have them prepare something.
final class Programs {
    private static final Logger LOG = System.getLogger("dev.hearth.runtime");
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private Programs() {}

    /// Runs a program with an empty environment and waits for it.
    ///
    /// @return the first line it prints; empty where it cannot be started, fails or takes too long
    static Optional<String> run(Path program, String... arguments) {
        return run(LIMIT, program, arguments);
    }

    /// Runs a program with a time limit.
    static Optional<String> run(Duration limit, Path program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            if (!ended(process, limit)) {
                LOG.log(Level.WARNING, "a program did not end in {0} s program={1}", limit.toSeconds(), program);
                return Optional.empty();
            }
            return firstLine(process);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a program could not be run", e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Waits for it; where it does not end, or nobody wants it to any more, it is ended.
    private static boolean ended(Process process, Duration limit) throws InterruptedException {
        boolean ended = false;
        try {
            ended = process.waitFor(limit);
            return ended;
        } finally {
            if (!ended) {
                process.destroyForcibly();
                process.onExit().join(); // what it was writing is its last
            }
        }
    }

    private static Optional<String> firstLine(Process process) throws IOException {
        try (InputStream out = process.getInputStream()) {
            return new String(out.readNBytes(4096), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .filter(line -> process.exitValue() == 0);
        }
    }
}
