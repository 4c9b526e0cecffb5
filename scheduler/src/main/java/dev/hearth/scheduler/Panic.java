package dev.hearth.scheduler;

import java.time.Duration;

/// The rule for bursts, after Knative's autoscaler: a version whose callers need twice the instances it has is in
/// panic. Until a minute after the last such moment it is staffed for the most that were seen, all at once instead of
/// one after another, and none of its instances is frozen, paged out or ended.
///
/// Below ten callers the standing spares of [Staffing#target(int)] are enough, and nobody panics. One owner.
public final class Panic {
    private static final int THRESHOLD = 2;
    private static final int FEWEST = 10;
    private static final long CALM_AFTER_NANOS = Duration.ofSeconds(60).toNanos();

    private boolean panicking;
    private long untilNanos;
    private int peak;

    /// Tells what a version's callers need now.
    ///
    /// @param demand    invocations with and without an instance
    /// @param instances all there are, without those on their way
    /// @return whether it is in panic
    public boolean observe(int demand, int instances, long nowNanos) {
        if (demand >= FEWEST && demand >= THRESHOLD * instances) {
            peak = isPanicking(nowNanos) ? peak : 0;
            panicking = true;
            untilNanos = nowNanos + CALM_AFTER_NANOS;
        }
        if (!isPanicking(nowNanos)) {
            return false;
        }
        peak = Math.max(peak, demand);
        return true;
    }

    /// Whether it is in panic.
    public boolean isPanicking(long nowNanos) {
        if (panicking && nowNanos - untilNanos >= 0) {
            panicking = false;
        }
        return panicking;
    }

    /// For how many busy instances to staff: at least the most seen in this panic.
    public int demand(int demand, long nowNanos) {
        return isPanicking(nowNanos) ? Math.max(peak, demand) : demand;
    }
}
