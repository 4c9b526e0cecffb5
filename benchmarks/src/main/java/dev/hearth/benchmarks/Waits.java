package dev.hearth.benchmarks;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// How long callers waited, in milliseconds; of the tail only what there are samples enough for.
///
/// @param n     how many there were
/// @param p50   by nearest rank, as the others; NaN where there are none
/// @param p99   from 200 samples on
/// @param p999  from 1,000 samples on
record Waits(
        int n,
        double p50,
        double p90,
        @Nullable Double p99,
        @Nullable Double p999,
        double max,
        double above1,
        double above10,
        double above100) {
    private static final int SAMPLES_FOR_P99 = 200;
    private static final int SAMPLES_FOR_P999 = 1_000;

    static Waits of(LongStream nanos) {
        long[] sorted = nanos.sorted().toArray();
        return new Waits(
                sorted.length,
                rank(sorted, 0.5),
                rank(sorted, 0.9),
                sorted.length < SAMPLES_FOR_P99 ? null : rank(sorted, 0.99),
                sorted.length < SAMPLES_FOR_P999 ? null : rank(sorted, 0.999),
                rank(sorted, 1),
                shareAbove(sorted, 1),
                shareAbove(sorted, 10),
                shareAbove(sorted, 100));
    }

    /// `p50 | p90 | p99 | max`, for a table.
    String cells() {
        return n == 0
                ? "– | – | – | –"
                : "%.2f | %.2f | %s | %.2f".formatted(p50, p90, p99 == null ? "–" : "%.2f".formatted(p99), max);
    }

    private static double rank(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(1, (int) Math.ceil(share * sorted.length)) - 1] / 1e6;
    }

    private static double shareAbove(long[] sorted, double millis) {
        return sorted.length == 0
                ? 0
                : (double) Arrays.stream(sorted)
                                .filter(nanos -> nanos > millis * 1e6)
                                .count()
                        / sorted.length;
    }
}
