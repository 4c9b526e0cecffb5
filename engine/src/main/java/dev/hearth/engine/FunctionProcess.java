package dev.hearth.engine;

import dev.hearth.model.ByteSize;
import dev.hearth.model.Invocation;
import dev.hearth.runtime.Answer;
import dev.hearth.runtime.ExtensionFailure;
import dev.hearth.runtime.HandlerTimes;
import dev.hearth.runtime.Hook;
import dev.hearth.runtime.InitTimes;
import dev.hearth.runtime.Initialised;
import dev.hearth.runtime.ShutdownReason;
import dev.hearth.runtime.Telemetry;
import dev.hearth.sandbox.SandboxExit;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A function's process in its sandbox, with the Runtime API it polls: what an [Instance] has a life around.
interface FunctionProcess extends AutoCloseable {
    /// Waits until it has asked for its first event or has failed to get there.
    Initialised awaitInitialised(Duration limit);

    /// Whether it leaves the CPU to those that serve somebody.
    void yieldCpus(boolean yields);

    /// Hands it an event and waits for the answer. One at a time.
    ///
    /// @param deadlineEpochMillis when the function's time ends, for its own clock
    /// @param timeoutNanos        how long to wait
    Answer invoke(Invocation invocation, long deadlineEpochMillis, long timeoutNanos);

    /// When the handler ran that answered an event; known until it has answered the next one.
    HandlerTimes handlerTimes(String requestId);

    /// How its initialisation went by, as far as its runtime tells.
    InitTimes initTimes();

    /// Whether the function wants to know when it is parked.
    boolean hasHooks();

    /// Has it run its hooks of one kind.
    Answer runHooks(Hook hook, Duration limit);

    /// Whether it runs, or would if it were not stopped.
    boolean isAlive();

    /// Whether it is not done before its extensions are.
    default boolean hasExtensions() {
        return false;
    }

    /// What its extensions have subscribed to; null where none has.
    default @Nullable Telemetry telemetry() {
        return null;
    }

    /// Waits a little until those that it would tell something have heard it, before it is stopped.
    default void settle() {}

    /// Stops it where it stands; see [dev.hearth.sandbox.Sandbox#freeze].
    boolean freeze();

    /// Lets it go on.
    void thaw();

    /// Moves its memory to swap; see [dev.hearth.sandbox.Sandbox#pageOut].
    ByteSize pageOut();

    /// Reads its memory back from swap.
    void pageIn();

    /// How much of the machine's memory it holds now.
    ByteSize residentMemory();

    /// Moves what it has written so far into its log. Called by any thread.
    void drainOutput();

    /// How it ended; waits for at most `limit` where it has not.
    Optional<SandboxExit> awaitExit(Duration limit);

    /// The most memory it has used.
    ByteSize peakMemory();

    /// What an extension did that ended it.
    default Optional<ExtensionFailure> extensionFailure() {
        return Optional.empty();
    }

    /// Ends it as its extensions may expect it, in the background where that takes time; see [#close].
    default void end(ShutdownReason reason) {
        close();
    }

    /// Kills it and removes all that belonged to it. Never throws; a second call does nothing.
    @Override
    void close();
}
