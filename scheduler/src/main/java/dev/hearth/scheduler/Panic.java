package dev.hearth.scheduler;

import java.time.Duration;

/// The rule for bursts, after Knative's autoscaler: a version whose callers need twice the instances it has is in
/// panic. Until a minute after the last such moment it is staffed for the most that were busy, all at once instead of
/// one after another, and none of its instances is frozen, paged out or ended.
///
/// What waits is no part of that most: it is a backlog, which is gone in a moment. In the simulation staffing for it
/// made 2,045 instances of 150 that were needed. Below ten callers the standing spares of [Staffing#target(int)] are
/// enough, and nobody panics. One owner.
public final class Panic {
    private static final int THRESHOLD = 2;
    private static final int FEWEST = 10;
    private static final long CALM_AFTER_NANOS = Duration.ofSeconds(60).toNanos();

    private boolean panicking;
    private long untilNanos;
    private int peak;

    /// Tells what a version's callers need now.
    ///
    /// @param busy      invocations that have an instance
    /// @param waiting   invocations that have none yet
    /// @param instances all there are, without those on their way
    /// @return whether it is in panic
    public boolean observe(int busy, int waiting, int instances, long nowNanos) {
        boolean before = isPanicking(nowNanos);
        int demand = busy + waiting;
        if (demand >= FEWEST && demand >= THRESHOLD * instances) {
            panicking = true;
            untilNanos = nowNanos + CALM_AFTER_NANOS;
        }
        if (!panicking) {
            return false;
        }
        peak = before ? Math.max(peak, busy) : busy;
        return true;
    }

    /// Whether it is in panic.
    public boolean isPanicking(long nowNanos) {
        if (panicking && nowNanos - untilNanos >= 0) {
            panicking = false;
        }
        return panicking;
    }

    /// For how many busy instances to staff: at least the most seen in this panic, now included.
    public int demand(int busy, long nowNanos) {
        if (!isPanicking(nowNanos)) {
            return busy;
        }
        peak = Math.max(peak, busy);
        return peak;
    }
}
