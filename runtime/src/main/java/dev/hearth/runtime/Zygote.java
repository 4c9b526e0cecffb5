package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.model.Payload;
import dev.hearth.sandbox.ForkPlace;
import dev.hearth.sandbox.Sandbox;
import dev.hearth.sandbox.SandboxException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/// An initialised Python function that forks further instances of itself instead of serving events. It must have been
/// started in a sandbox made for that ([dev.hearth.sandbox.SandboxSpec#forking]), its Runtime API with [#CONFIG], and
/// not have had an event.
///
/// The place for the next fork is made ready while nobody waits. Safe for any thread; forks one after the other.
public final class Zygote implements AutoCloseable {
    /// No more than the bootstrap's own connection: what it has forked must not be able to answer for it.
    public static final RuntimeApiConfig CONFIG = new RuntimeApiConfig(
            RuntimeApiConfig.DEFAULT.responseLimitBytes(),
            RuntimeApiConfig.DEFAULT.streamLimitBytes(),
            RuntimeApiConfig.DEFAULT.headLimitBytes(),
            RuntimeApiConfig.DEFAULT.headerLimit(),
            1);

    private static final long DELAY_NANOS = 5_000_000;
    private static final String CANNOT = "cannot: ";

    private final Sandbox sandbox;
    private final RuntimeApi api;

    /// The place for the next fork; guarded by the monitor, as is the count.
    private FutureTask<ForkPlace> next;

    private long commands;
    private boolean closed;

    /// @param api of `sandbox`; is initialised
    public Zygote(Sandbox sandbox, RuntimeApi api) {
        this.sandbox = sandbox;
        this.api = api;
        this.next = prepare();
    }

    private FutureTask<ForkPlace> prepare() {
        FutureTask<ForkPlace> task = new FutureTask<>(sandbox::prepareFork);
        Thread.ofVirtual().name("fork-place").start(task);
        return task;
    }

    /// After the instance that was just forked has begun to run, which somebody waits for.
    private FutureTask<ForkPlace> prepareSoon() {
        FutureTask<ForkPlace> task = new FutureTask<>(sandbox::prepareFork);
        Thread.ofVirtual().name("fork-place").start(() -> {
            LockSupport.parkNanos(DELAY_NANOS);
            task.run();
        });
        return task;
    }

    /// Has it get ready to fork, which takes some 20 ms: to be called before the first fork, while nobody waits.
    ///
    /// @return why it cannot fork, in words for the function's owner; empty where it can
    public synchronized Optional<String> obstacle(Duration limit) {
        Answer answer = command("", limit);
        if (answer instanceof Answer.Response(Payload payload)) {
            String said = new String(payload.bytes(), UTF_8);
            return said.startsWith(CANNOT) ? Optional.of(said.substring(CANNOT.length())) : Optional.empty();
        }
        return Optional.of("it did not answer");
    }

    /// Waits until the place for the next fork is ready, or cannot be made.
    void awaitReady() throws InterruptedException {
        FutureTask<ForkPlace> awaited;
        synchronized (this) {
            awaited = next;
        }
        try {
            ForkPlace _ = awaited.get();
        } catch (ExecutionException e) {
            // the fork will say so
        }
    }

    private Answer command(String text, Duration limit) {
        RuntimeEvent event = RuntimeEvent.fork("fork-" + ++commands, new Payload(text.getBytes(UTF_8)));
        return api.invoke(event, limit.toNanos());
    }

    /// Forks an instance. The caller serves its Runtime API and lets it go on by [Sandbox#start], as with any sandbox;
    /// it then asks for its first event, initialised as it is. Takes a millisecond or two, or 20 when it follows at
    /// once on another.
    ///
    /// @param logStream of the new instance
    /// @param limit     how long the fork itself may take
    public synchronized Forked fork(String logStream, Duration limit) throws InterruptedException {
        if (closed) {
            return new Forked.Failed("the zygote is closed");
        }
        ForkPlace place;
        try {
            place = next.get();
        } catch (ExecutionException e) {
            next = prepare();
            return new Forked.Failed(String.valueOf(e.getCause()));
        }
        Forked forked = fork(place, logStream, limit);
        if (!(forked instanceof Forked.Child)) {
            place.close();
        }
        next = prepareSoon();
        return forked;
    }

    private Forked fork(ForkPlace place, String logStream, Duration limit) {
        return switch (command(place.directory() + "\n" + logStream, limit)) {
            case Answer.Response(Payload payload) -> adopt(place, new String(payload.bytes(), UTF_8));
            case Answer.Error error -> new Forked.Failed(error.errorType());
            case Answer.TooLarge _, Answer.TimedOut _, Answer.Disconnected _ ->
                new Forked.Failed("the zygote did not answer");
        };
    }

    private static Forked adopt(ForkPlace place, String answer) {
        if (answer.startsWith(CANNOT)) {
            return new Forked.CannotFork(answer.substring(CANNOT.length()));
        }
        try {
            return new Forked.Child(place.adopt());
        } catch (SandboxException e) {
            return new Forked.Failed(String.valueOf(e.getMessage()));
        }
    }

    /// Gives back the place that was ready. The sandbox and its Runtime API are the caller's to close, and all that was
    /// forked ends with the sandbox.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            next.get().close();
        } catch (ExecutionException e) {
            // there is none
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What came of a fork.
    public sealed interface Forked {
        /// Forked, and not started yet; the caller's to close.
        record Child(Sandbox sandbox) implements Forked {}

        /// This function cannot be forked, now or later.
        ///
        /// @param reason in words for the function's owner
        record CannotFork(String reason) implements Forked {}

        /// It did not work this time; the zygote is in an unknown state and should be ended.
        record Failed(String reason) implements Forked {}
    }
}
