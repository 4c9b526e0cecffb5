package dev.hearth.engine;

import dev.hearth.model.Origin;
import dev.hearth.model.StartCause;
import dev.hearth.model.ThrottleReason;
import org.jspecify.annotations.Nullable;

/// What came of asking a pool for an instance.
sealed interface Lease {
    /// An instance, claimed for the caller.
    ///
    /// @param cause why it is not one that was idle; null where it is
    record Granted(
            Instance instance, Origin origin, @Nullable StartCause cause) implements Lease {}

    /// No instance could be started.
    ///
    /// @param logTail the end of what the function wrote while it tried
    record Failed(StartFailure failure, byte[] logTail) implements Lease {}

    /// None became free in time, or too many wait already.
    record Refused(ThrottleReason reason) implements Lease {}

    /// The pool was closed: the version was removed or replaced, or the engine shuts down.
    record Closed() implements Lease {}
}
