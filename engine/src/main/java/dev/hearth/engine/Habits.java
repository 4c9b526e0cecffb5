package dev.hearth.engine;

import dev.hearth.model.Origin;
import dev.hearth.model.StartCause;
import dev.hearth.scheduler.Figures;
import dev.hearth.scheduler.IdleHistogram;
import dev.hearth.scheduler.PagingWindow;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// How one version is used and what its starts cost: what decides which standbys are kept. Told by callers' threads;
/// the way of a warm call takes no lock.
final class Habits {
    private static final int AVERAGED_OVER = 16;

    private final AtomicLong served = new AtomicLong();
    private final AtomicInteger crashesInARow = new AtomicInteger();
    private volatile boolean crashed;
    private volatile boolean lostStandby;

    /// Instances that become idle together may overwrite each other's contribution; as an average it can do without.
    private volatile long serviceNanos;

    /// Replaced under the monitor.
    private volatile Figures figures = Figures.typical();

    /// Under the monitor.
    private final IdleHistogram idleTimes = new IdleHistogram();

    /// A caller got an instance.
    ///
    /// @param running invocations of the version that have an instance already
    /// @return why it was not an idle one, if it was not
    @Nullable
    StartCause served(Origin origin, int running) {
        boolean first = served.getAndIncrement() == 0;
        if (lostStandby) {
            lostStandby = false;
        }
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

    /// An instance was taken by an invocation for so long; 0 for none.
    void taken(long nanos) {
        if (nanos > 0) {
            long average = serviceNanos;
            serviceNanos = average == 0 ? nanos : average + (nanos - average) / AVERAGED_OVER;
        }
    }

    /// How long an instance is taken by one invocation, on average; 0 while that is not known.
    long serviceNanos() {
        return serviceNanos;
    }

    /// A standby was called after so long.
    synchronized void idled(long nanos) {
        idleTimes.record(nanos);
    }

    /// An invocation came to its handler so long after it was received; or, for a boot, an instance was ready so long
    /// after it was wanted.
    synchronized void started(Origin origin, long nanos) {
        figures = figures.observed(origin, nanos);
    }

    /// What starts of the version take.
    Figures figures() {
        return figures;
    }

    /// When the memory of its standbys is to be there.
    ///
    /// @param unlearnt how long it stays where too little is known
    synchronized PagingWindow window(Duration unlearnt) {
        return idleTimes.window().orElseOutAfter(unlearnt);
    }

    /// An instance crashed or timed out.
    ///
    /// @return how many in a row
    int crashed() {
        crashed = true;
        return crashesInARow.incrementAndGet();
    }

    /// An invocation was answered.
    void answered() {
        if (crashesInARow.get() != 0) {
            crashesInARow.set(0);
        }
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
}
