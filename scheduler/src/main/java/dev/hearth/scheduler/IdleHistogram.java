package dev.hearth.scheduler;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How long one function is usually idle before it is called again: 240 bins of a minute each, after the hybrid
/// histogram policy of Shahrad et al., "Serverless in the Wild" (USENIX ATC 2020). There it decides over life and
/// death, here over where an instance's memory is ([PagingWindow]).
///
/// Old idle times fade: when 256 are counted, all are halved. It takes 40 bytes for a function that is never idle for
/// a minute and at most 600 for any other. Belongs to one owner.
public final class IdleHistogram {
    static final int BINS = 240;
    private static final long BIN_NANOS = Duration.ofMinutes(1).toNanos();

    /// What one idle time adds, so that halving leaves something of it six times.
    private static final int UNIT = 64;

    private static final int FULL = 256 * UNIT;

    /// From so many idle times on they say something. In the simulation four do better than eight: nine in a hundred
    /// fewer calls find their instance in swap, for the same memory.
    private static final int ENOUGH = 4;

    private static final int GROWTH = 16;
    private static final double HEAD = 0.05;
    private static final double TAIL = 0.99;

    /// Grows with the longest idle time seen.
    private short[] bins = new short[1];
    /// Idle times of 240 minutes and more.
    private int beyond;
    private int total;
    private @Nullable PagingWindow window;

    /// The function was called after it had been idle for so long.
    public void record(long idleNanos) {
        long bin = Math.max(0, idleNanos) / BIN_NANOS;
        if (bin >= BINS) {
            beyond += UNIT;
        } else {
            add((int) bin);
        }
        total += UNIT;
        window = null;
        if (total >= FULL) {
            fade();
        }
    }

    private void add(int bin) {
        if (bin >= bins.length) {
            bins = Arrays.copyOf(bins, Math.min(BINS, Math.ceilDiv(bin + 1, GROWTH) * GROWTH));
        }
        bins[bin] = (short) (bins[bin] + UNIT);
    }

    private void fade() {
        beyond /= 2;
        total = beyond;
        for (int i = 0; i < bins.length; i++) {
            bins[i] = (short) (bins[i] / 2);
            total += bins[i];
        }
    }

    /// When to page the function's standby in and out, by what was seen.
    public PagingWindow window() {
        PagingWindow known = window;
        if (known == null) {
            known = total < ENOUGH * UNIT ? PagingWindow.UNKNOWN : learnt();
            window = known;
        }
        return known;
    }

    private PagingWindow learnt() {
        // The 5th percentile counts from the beginning of its minute and the 99th to the end of its own: who comes
        // within them finds the memory there.
        long head = percentile(HEAD) * BIN_NANOS;
        long tail = Math.min(BINS, percentile(TAIL) + 1) * BIN_NANOS;
        return PagingWindow.between(head, tail);
    }

    /// The bin below which that share of the idle times ends; 240 where it lies beyond them.
    private int percentile(double share) {
        double rank = share * total;
        long below = 0;
        for (int i = 0; i < bins.length; i++) {
            below += bins[i];
            if (below >= rank) {
                return i;
            }
        }
        return BINS;
    }
}
