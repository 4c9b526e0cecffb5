package dev.hearth.benchmarks;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A target that was started by its script; closing it ends the script and everything below it.
record RunningTarget(Target target, Process process, int port, Path work) implements AutoCloseable {
    private static final Duration SETUP_LIMIT = Duration.ofMinutes(15);
    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    /// Fetches and builds what the target needs.
    ///
    /// @throws UnavailableException when this machine cannot have it
    static Path setUp(Target target, Path output) throws IOException, InterruptedException {
        Path work = Files.createDirectories(output.resolve("targets").resolve(target.name()));
        Path log = work.resolve("setup.log");
        Process setup = new ProcessBuilder(target.folder().resolve("setup").toString(), work.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!setup.waitFor(SETUP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            killTree(setup.toHandle());
        }
        if (setup.exitValue() != 0) {
            throw new UnavailableException("setup failed: " + lastLine(log) + " (" + log + ")");
        }
        return work;
    }

    /// Starts the target and waits until it answers rightly.
    static RunningTarget start(Target target, Path work, int port) throws IOException, InterruptedException {
        return start(target, work, port, running -> ClosedLoop.run(running, 1, Duration.ZERO));
    }

    /// Starts the target and waits until it takes connections: its function has not been called then.
    static RunningTarget startUncalled(Target target, Path work, int port) throws IOException, InterruptedException {
        return start(target, work, port, _ -> new Socket("127.0.0.1", port).close());
    }

    /// Whether a target can be measured.
    private interface Check {
        /// @throws IOException when it is not there yet
        /// @throws WrongAnswerException when it answers, but not as it will
        void run(RunningTarget target) throws IOException;
    }

    private static RunningTarget start(Target target, Path work, int port, Check ready)
            throws IOException, InterruptedException {
        Path log = work.resolve("start.log");
        var builder = new ProcessBuilder(target.folder().resolve("start").toString(), work.toString(), "" + port);
        var running = new RunningTarget(
                target,
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(),
                port,
                work);
        try {
            running.await(ready, log);
            return running;
        } catch (IOException | InterruptedException | UnavailableException failure) {
            running.close();
            throw failure;
        }
    }

    private void await(Check ready, Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + READY_LIMIT.toNanos();
        String last = "no answer";
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new UnavailableException("ended before it answered: " + lastLine(log) + " (" + log + ")");
            }
            try {
                ready.run(this);
                return;
            } catch (IOException | WrongAnswerException notYet) {
                last = String.valueOf(notYet.getMessage());
            }
            Thread.sleep(100);
        }
        throw new UnavailableException("no right answer within " + READY_LIMIT.toSeconds() + " s: " + last);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        killTree(process.toHandle());
    }

    private static void killTree(ProcessHandle root) {
        List<ProcessHandle> below = root.descendants().toList();
        root.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
        root.onExit().join();
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "nothing in its log" : lines.getLast();
    }
}
