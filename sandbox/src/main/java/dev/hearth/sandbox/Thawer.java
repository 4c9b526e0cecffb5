package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Thaws what a server that was killed has frozen: what version 1 of cgroups has frozen cannot die, not even by
/// `kill -9`. A small process that waits for the server's end and otherwise does nothing.
final class Thawer implements AutoCloseable {
    private static final String SCRIPT = Resources.text("thaw.sh");
    private static final int LIMIT_SECONDS = 5;

    private final Process process;

    private Thawer(Process process) {
        this.process = process;
    }

    /// @param base the server's directory in the freezer's hierarchy
    static Thawer start(Path base) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", SCRIPT, "hearth-thawer", base.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(Command.ENVIRONMENT);
        return new Thawer(builder.start());
    }

    /// After the last sandbox was closed.
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
