package dev.hearth.scheduler;

import java.time.Duration;

/// When in a function's idle time its standby's memory is to be there. Times are counted from the end of its last
/// invocation.
///
/// ```
/// last call      settled            page in                       page out
///     ├── there ────┤───── in swap ─────┤──── there: it may come ────┤──── in swap ───►
/// ```
///
/// @param pageInNanos  from then on it is expected; 0 when it may come at any moment
/// @param pageOutNanos from then on it is not expected any more
/// @param learnt       whether that is known, and not just what is done without knowledge
public record PagingWindow(long pageInNanos, long pageOutNanos, boolean learnt) {
    /// Margins on what was seen, after Shahrad et al.
    private static final double EARLY = 0.9;

    private static final double LATE = 1.1;

    /// Memory is not written to swap before an instance has been idle for that long, nor for a shorter time.
    private static final long SETTLED_NANOS = Duration.ofSeconds(10).toNanos();

    /// Without knowledge the engine's own default holds; this one is for those without any.
    static final PagingWindow UNKNOWN =
            new PagingWindow(0, Duration.ofMinutes(15).toNanos(), false);

    /// What to do with the memory of a standby.
    public enum Decision {
        /// It is where it should be.
        STAY,
        /// Its memory should be reclaimed.
        PAGE_OUT,
        /// Its memory should be read back: it is expected soon.
        PAGE_IN
    }

    /// From the 5th and the 99th percentile of the idle times, with margins: early by a tenth, late by a tenth.
    static PagingWindow between(long headNanos, long tailNanos) {
        return new PagingWindow((long) (headNanos * EARLY), (long) (tailNanos * LATE), true);
    }

    /// For a function with a declared schedule, which beats any forecast: there just before the tick, gone when the
    /// tick has not come.
    ///
    /// @param tickNanos from the end of the last invocation to the next tick
    /// @param leadNanos how long before the tick the memory is to be there: some times what reading it takes
    public static PagingWindow scheduled(long tickNanos, long leadNanos) {
        return new PagingWindow(Math.max(0, tickNanos - leadNanos), tickNanos + leadNanos, true);
    }

    /// The same, but going out after another time where nothing was learnt.
    public PagingWindow orElseOutAfter(Duration unlearnt) {
        return learnt ? this : new PagingWindow(0, unlearnt.toNanos(), false);
    }

    /// What to do after so long an idle time.
    public Decision decide(long idleNanos, boolean pagedOut) {
        boolean there = isThere(idleNanos);
        if (there == !pagedOut) {
            return Decision.STAY;
        }
        return there ? Decision.PAGE_IN : Decision.PAGE_OUT;
    }

    /// Whether the memory is to be there after so long an idle time.
    private boolean isThere(long idleNanos) {
        if (idleNanos >= pageOutNanos) {
            return false;
        }
        return idleNanos >= pageInNanos || idleNanos < settledNanos();
    }

    /// The idle time after `idleNanos` at which the decision may be another; [Long#MAX_VALUE] when there is none. Who
    /// looks then needs not look in between.
    public long nextChangeNanos(long idleNanos) {
        long next = Long.MAX_VALUE;
        for (long change : new long[] {settledNanos(), pageInNanos, pageOutNanos}) {
            if (change > idleNanos && change < next) {
                next = change;
            }
        }
        return next;
    }

    /// Until when it stays after a call: for good when it would have to come back at once.
    public long settledNanos() {
        return pageInNanos < 2 * SETTLED_NANOS ? pageInNanos : SETTLED_NANOS;
    }
}
