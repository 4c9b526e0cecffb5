package dev.hearth.engine;

import dev.hearth.runtime.Initialised;
import dev.hearth.runtime.RuntimeApi;
import dev.hearth.runtime.Zygote;
import dev.hearth.runtime.Zygote.Forked;
import dev.hearth.sandbox.Sandbox;
import dev.hearth.sandbox.SandboxException;
import dev.hearth.sandbox.SandboxFactory;
import dev.hearth.sandbox.SandboxSpec;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The zygote of one version, and how many of its children live. Safe for any thread; forks one after the other.
final class Nursery implements AutoCloseable {
    private static final int CHUNK_BYTES = 16 * 1024;
    private static final Duration FORK_LIMIT = Duration.ofSeconds(5);

    private final SandboxFactory sandboxes;
    private final Duration initLimit;

    // All of what follows is guarded by the monitor.
    private @Nullable Sandbox sandbox;
    private @Nullable RuntimeApi api;
    private @Nullable Zygote zygote;
    private int children;
    private long forks;
    private boolean retired;

    Nursery(SandboxFactory sandboxes, Duration initLimit) {
        this.sandboxes = sandboxes;
        this.initLimit = initLimit;
    }

    /// What came of asking for a child.
    sealed interface Child {
        /// It is not started yet.
        ///
        /// @param awaited whether its zygote had to be started first
        record Born(Sandbox sandbox, boolean awaited) implements Child {}

        /// Not from this zygote, now or later.
        record Failed(String reason) implements Child {}

        /// The zygote was ended before; another may be made.
        record Gone() implements Child {}

        /// This version never.
        ///
        /// @param reason in words for the function's owner
        record Never(String reason) implements Child {}
    }

    /// Forks a child; starts the zygote first where there is none.
    ///
    /// @param spec what an instance of the version is made from
    /// @param log  of the child; gets what the zygote writes while it initialises
    synchronized Child fork(SandboxSpec spec, InstanceLog log) throws SandboxException, InterruptedException {
        if (retired) {
            return new Child.Gone();
        }
        Zygote mine = zygote;
        boolean awaited = mine == null;
        if (mine == null) {
            Optional<String> obstacle = start(spec, log);
            mine = zygote;
            if (obstacle.isPresent() || mine == null) {
                return new Child.Never(obstacle.orElse("it did not start"));
            }
        }
        return switch (mine.fork(log.stream(), FORK_LIMIT)) {
            case Forked.Child(Sandbox child) -> {
                children++;
                forks++;
                yield new Child.Born(child, awaited);
            }
            case Forked.CannotFork(String reason) -> new Child.Never(reason);
            case Forked.Failed(String reason) -> new Child.Failed(reason);
        };
    }

    /// @return why it cannot fork
    private Optional<String> start(SandboxSpec spec, InstanceLog log) throws SandboxException {
        Sandbox started = sandboxes.create(spec.forking());
        sandbox = started;
        RuntimeApi served = RuntimeApi.serve(started.runtimeApi(), Zygote.CONFIG, () -> {});
        api = served;
        started.output().onReadable(() -> drain(started, log));
        started.boost(true);
        started.start();
        if (!(served.awaitInitialised(initLimit) instanceof Initialised.Ready)) {
            return Optional.of("it did not initialise");
        }
        started.boost(false);
        Zygote made = new Zygote(started, served);
        zygote = made;
        return made.obstacle(FORK_LIMIT);
    }

    private static void drain(Sandbox sandbox, InstanceLog log) {
        byte[] chunk = new byte[CHUNK_BYTES];
        synchronized (log) {
            for (int count = sandbox.output().poll(chunk);
                    count > 0;
                    count = sandbox.output().poll(chunk)) {
                log.write(chunk, count);
            }
        }
    }

    /// A child has ended.
    ///
    /// @return a mark for [#retireIfUnused] where it was the last one
    synchronized Optional<Long> childEnded() {
        children--;
        if (children == 0 && retired) {
            close();
        }
        return children == 0 && !retired ? Optional.of(forks) : Optional.empty();
    }

    /// Ends the zygote unless it has forked since the mark was given.
    ///
    /// @return whether it has ended
    synchronized boolean retireIfUnused(long mark) {
        if (children == 0 && forks == mark) {
            retire();
        }
        return retired;
    }

    /// Forks no more; the zygote ends when its last child has, because they end with it.
    synchronized void retire() {
        retired = true;
        if (children == 0) {
            close();
        }
    }

    /// Whether the next child needs no start of a zygote.
    synchronized boolean isReady() {
        return zygote != null && !retired;
    }

    /// Ends the zygote, and with it all of its children.
    @Override
    public synchronized void close() {
        retired = true;
        if (zygote != null) {
            zygote.close();
        }
        if (api != null) {
            api.close();
        }
        if (sandbox != null) {
            sandbox.close();
        }
    }
}
