package dev.hearth.runtime;

import dev.hearth.model.ByteSize;
import dev.hearth.model.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// A run of a Java function that leaves an archive of the classes it has loaded, from which later runs start faster.
///
/// Whoever runs it starts [#plan] in a sandbox, has the function initialised and perhaps handle [#event], and closes
/// its Runtime API: then the function's process ends and the archive comes as output of the sandbox. For one thread,
/// or several one after the other.
public final class Training implements AutoCloseable {
    /// What it needs besides the function's own memory: the archive is made by a second virtual machine.
    public static final ByteSize MORE_MEMORY = ByteSize.ofMib(1024);

    /// What it needs in `/tmp` besides what the function has.
    public static final ByteSize MORE_TMP = ByteSize.ofMib(1024);

    private final JavaCaches caches;
    private final String name;
    private final Path fresh;
    private final LaunchPlan plan;
    private final Optional<Payload> event;
    private final TrainingOutput output;

    Training(JavaCaches caches, String name, Path fresh, LaunchPlan plan, Optional<Payload> event) {
        this.caches = caches;
        this.name = name;
        this.fresh = fresh;
        this.plan = plan;
        this.event = event;
        this.output = new TrainingOutput(fresh.resolve(JavaCaches.ARCHIVE));
    }

    /// How it is started.
    public LaunchPlan plan() {
        return plan;
    }

    /// What the function should be called with once.
    public Optional<Payload> event() {
        return event;
    }

    /// Takes what the sandbox has written.
    public void take(byte[] bytes, int length) {
        output.take(bytes, length);
    }

    /// Keeps the archive, when all that the sandbox wrote has been taken.
    ///
    /// @return empty when later runs will use it; else why there is none
    public Optional<String> finish() throws IOException {
        Optional<String> problem = output.finish();
        if (problem.isEmpty()) {
            caches.keep(fresh, name);
        }
        return problem;
    }

    /// Removes what is not finished.
    @Override
    public void close() {
        output.close();
        caches.abandon(fresh);
    }
}
