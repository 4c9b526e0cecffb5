package dev.hearth.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Starts the processes that become sandboxes, all from one thread that lives as long as the server: a sandbox dies
/// with the thread that started it (`PR_SET_PDEATHSIG`), which is how it dies with a server that is killed.
final class Launcher implements AutoCloseable {
    private static final String SCRIPT = Resources.text("launch.sh");

    private final ExecutorService parent = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("hearth-sandbox-parent").factory());

    Process launch(Launch launch) throws IOException {
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "hearth-sandbox"));
        line.add(Integer.toString(launch.openFiles()));
        line.add(launch.options().toString());
        line.add(launch.seccomp().toString());
        line.add(launch.sideOutput());
        launch.joinFiles().forEach(file -> line.add(file.toString()));
        line.add("--");
        line.addAll(launch.command());
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(launch.output()).redirectError(launch.status());
        // Until the sandbox stands these are programs of the host that run as root: nothing of the function's
        // environment must reach them.
        builder.environment().clear();
        builder.environment().putAll(Command.ENVIRONMENT);
        return start(builder);
    }

    private Process start(ProcessBuilder builder) throws IOException {
        try {
            return parent.submit(builder::start).get();
        } catch (ExecutionException e) {
            throw new IOException("cannot start " + builder.command().getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting a sandbox", e);
        }
    }

    @Override
    public void close() {
        parent.close();
    }

    /// @param openFiles the most open files of a process
    /// @param options   file with bubblewrap's options
    /// @param seccomp   file with the seccomp program
    /// @param sideOutput what the sandbox has as descriptor 7, `-` for nothing
    /// @param joinFiles the files of cgroups to join
    /// @param command   what to become
    /// @param output    where the sandbox's output goes
    /// @param status    where bubblewrap's status goes
    record Launch(
            int openFiles,
            Path options,
            Path seccomp,
            String sideOutput,
            List<Path> joinFiles,
            List<String> command,
            File output,
            File status) {}
}
