package dev.hearth.benchmarks;

import java.util.List;

/// The middle of some figures.
final class Medians {
    private Medians() {}

    /// NaN where there are none.
    static double of(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
