package dev.hearth.benchmarks;

import java.util.List;
import java.util.random.RandomGenerator;

/// One function of a trace.
///
/// @param hash      names it in the trace
/// @param trigger   what calls it, such as `timer`
/// @param counts    invocations in each minute
/// @param durations percentiles of its run time in milliseconds, at [#PERCENTILES]
record TraceFunction(String hash, String trigger, List<Integer> counts, List<Double> durations) {
    static final List<Integer> PERCENTILES = List.of(0, 1, 25, 50, 75, 99, 100);

    TraceFunction {
        counts = List.copyOf(counts);
        durations = List.copyOf(durations);
        if (durations.size() != PERCENTILES.size()) {
            throw new IllegalArgumentException("Function " + hash + " has " + durations.size()
                    + " percentiles of its durations, not " + PERCENTILES.size() + ".");
        }
    }

    /// Invocations in the first minutes.
    long calls(int minutes) {
        return counts.stream().limit(minutes).mapToLong(Integer::longValue).sum();
    }

    /// A run time with the trace's distribution, straight between its percentiles.
    double durationMillis(RandomGenerator random) {
        double percentile = random.nextDouble() * 100;
        int above = 1;
        while (PERCENTILES.get(above) < percentile) {
            above++;
        }
        int from = PERCENTILES.get(above - 1);
        double share = (percentile - from) / (PERCENTILES.get(above) - from);
        return durations.get(above - 1) + share * (durations.get(above) - durations.get(above - 1));
    }
}
