package dev.hearth.engine;

import dev.hearth.model.Origin;
import dev.hearth.model.StartCause;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// How one version is used and what its starts cost: what decides which standbys are kept. Written by callers'
/// threads without a lock: figures that overwrite each other are figures still.
final class Habits {
    private final AtomicLong served = new AtomicLong();
    private volatile boolean crashed;
    private volatile boolean lostStandby;
    private volatile long bootNanos;

    /// A caller got an instance.
    ///
    /// @param running invocations of the version that have an instance already
    /// @return why it was not an idle one, if it was not
    @Nullable
    StartCause served(Instance instance, Origin origin, int running) {
        boolean first = served.getAndIncrement() == 0;
        lostStandby = false;
        if (origin == Origin.WARM) {
            return null;
        }
        if (first) {
            return StartCause.FIRST;
        }
        if (crashed) {
            crashed = false;
            return StartCause.AFTER_CRASH;
        }
        return running > 0 ? StartCause.SCALE_UP : StartCause.RECOLD;
    }

    /// An instance was started.
    void booted(long nanos) {
        long average = bootNanos;
        bootNanos = average == 0 ? nanos : (average + nanos) / 2;
    }

    /// An instance crashed or timed out.
    void crashed() {
        crashed = true;
    }

    /// A standby ended though nobody had asked for that.
    void standbyLost() {
        lostStandby = true;
    }

    /// Whether a standby was lost and nobody has come since.
    boolean lostStandby() {
        return lostStandby;
    }

    /// How many invocations there have been.
    long servedCount() {
        return served.get();
    }

    /// What a start costs, on average; 0 where it is not known.
    long bootNanos() {
        return bootNanos;
    }
}
