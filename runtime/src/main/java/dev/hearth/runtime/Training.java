package dev.hearth.runtime;

import dev.hearth.model.ByteSize;
import dev.hearth.model.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// A run of a function that leaves what later runs start faster from: of a Java function an archive of the classes it
/// has loaded, of one of Node.js the code that V8 has compiled.
///
/// Whoever runs it starts [#plan] in a sandbox, has the function initialised and perhaps handle [#event], and closes
/// its Runtime API: then the function's process ends and the archive comes as output of the sandbox. For one thread,
/// or several one after the other.
public final class Training implements AutoCloseable {
    /// What it needs besides the function's own memory: a Java archive is made by a second virtual machine.
    public static final ByteSize MORE_MEMORY = ByteSize.ofMib(1024);

    /// What it needs in `/tmp` besides what the function has.
    public static final ByteSize MORE_TMP = ByteSize.ofMib(1024);

    private final Place place;
    private final LaunchPlan plan;
    private final Optional<Payload> event;
    private final Unpacking unpacking;
    private final boolean renewing;
    private final TrainingOutput output;

    /// Where the result goes.
    ///
    /// @param name  what it is called when it is complete
    /// @param fresh the directory that it is made in
    /// @param file  what the sandbox's output is written to, below `fresh`
    record Place(StartCaches caches, String name, Path fresh, String file) {}

    /// Makes of what the sandbox has written what later runs use.
    @FunctionalInterface
    interface Unpacking {
        void unpack(Path written) throws IOException;
    }

    /// @param renewing see [#renewsInstances]
    Training(Place place, LaunchPlan plan, Optional<Payload> event, Unpacking unpacking, boolean renewing) {
        this.place = place;
        this.plan = plan;
        this.event = event;
        this.unpacking = unpacking;
        this.renewing = renewing;
        this.output = new TrainingOutput(place.fresh().resolve(place.file()));
    }

    /// Whether instances that run already would be better ones if they were started anew.
    public boolean renewsInstances() {
        return renewing;
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
            unpacking.unpack(place.fresh().resolve(place.file()));
            place.caches().keep(place.fresh(), place.name());
        }
        return problem;
    }

    /// Removes what is not finished.
    @Override
    public void close() {
        output.close();
        place.caches().abandon(place.fresh());
    }
}
