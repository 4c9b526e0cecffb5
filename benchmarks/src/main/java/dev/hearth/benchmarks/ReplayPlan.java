package dev.hearth.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// When to call which function: a trace, squeezed in time. Pure: the same seed gives the same plan.
///
/// @param calls   in the order of their times
/// @param leftOut calls of the trace that are not made, because the machine would not bear them
/// @param length  from the first minute's beginning to the last one's end
record ReplayPlan(List<Call> calls, long leftOut, Duration length) {
    private static final double MINUTE_NANOS = 60e9;
    /// Where arrivals are squeezed: into the first five seconds of their minute.
    private static final double SQUEEZED = 5 / 60.0;

    /// One call.
    ///
    /// @param atNanos     since the replay began
    /// @param function    its number in the trace
    /// @param sleepMillis how long its handler sleeps
    record Call(long atNanos, int function, long sleepMillis) {}

    /// How the trace is replayed.
    ///
    /// @param minutes     of the trace
    /// @param compression how many times as fast as it was; durations are divided by it too, so that as many
    ///                    invocations run at once
    /// @param rate        calls per second at most, on average; the busiest functions lose calls first
    /// @param squeezed    whether a minute's arrivals come in its first five seconds; else evenly at random
    record Terms(int minutes, double compression, double rate, boolean squeezed, long seed) {}

    static ReplayPlan of(Trace trace, Terms terms) {
        double seconds = terms.minutes() * 60 / terms.compression();
        List<Long> counts = trace.functions().stream()
                .map(function -> function.calls(terms.minutes()))
                .toList();
        double cap = capEach(counts, terms.rate() * seconds);
        var random = new SplittableRandom(terms.seed());
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            double keep = counts.get(i) == 0 ? 0 : Math.min(1, cap / counts.get(i));
            add(calls, trace.functions().get(i), i, keep, terms, random.split());
        }
        calls.sort(Comparator.comparingLong(Call::atNanos));
        long all = counts.stream().mapToLong(Long::longValue).sum();
        return new ReplayPlan(List.copyOf(calls), all - calls.size(), Duration.ofMillis(Math.round(seconds * 1_000)));
    }

    private static void add(
            List<Call> calls, TraceFunction function, int number, double keep, Terms terms, SplittableRandom random) {
        for (int minute = 0; minute < terms.minutes(); minute++) {
            for (int i = 0; i < function.counts().get(minute); i++) {
                double within = random.nextDouble() * (terms.squeezed() ? SQUEEZED : 1);
                double sleep = function.durationMillis(random) / terms.compression();
                if (random.nextDouble() < keep) {
                    long at = Math.round((minute + within) * MINUTE_NANOS / terms.compression());
                    calls.add(new Call(at, number, Math.round(sleep)));
                }
            }
        }
    }

    /// The most calls of one function with which all together are no more than `most`.
    static double capEach(List<Long> counts, double most) {
        double left = most;
        List<Long> ascending = counts.stream().sorted().toList();
        for (int i = 0; i < ascending.size(); i++) {
            double share = left / (ascending.size() - i);
            if (ascending.get(i) > share) {
                return share;
            }
            left -= ascending.get(i);
        }
        return Double.MAX_VALUE;
    }
}
