package dev.hearth.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// Which memory sizes to take, by what warm calls cost and how long they run.
///
/// @param cheapest the least money
/// @param fastest  the smallest size that is within 5% of the shortest run: more memory than that buys nothing
/// @param balanced the least sum of cost and time, each as a share of the highest, as AWS Lambda Power Tuning weighs
/// them
record MemoryAdvice(int cheapest, int fastest, int balanced) {
    private static final double AS_FAST = 1.05;

    /// @return empty where nothing was measured
    static Optional<MemoryAdvice> of(List<MemoryResult> results, Price price) {
        List<MemoryResult> measured =
                results.stream().filter(MemoryResult::isMeasured).toList();
        if (measured.isEmpty()) {
            return Optional.empty();
        }
        ToDoubleFunction<MemoryResult> cost = result -> cost(result, price);
        ToDoubleFunction<MemoryResult> time = MemoryAdvice::time;
        double highestCost = measured.stream().mapToDouble(cost).max().orElseThrow();
        double longest = measured.stream().mapToDouble(time).max().orElseThrow();
        double shortest = measured.stream().mapToDouble(time).min().orElseThrow();
        return Optional.of(new MemoryAdvice(
                least(measured, cost),
                measured.stream()
                        .filter(result -> time(result) <= shortest * AS_FAST)
                        .mapToInt(MemoryResult::memoryMb)
                        .min()
                        .orElseThrow(),
                least(measured, result -> cost(result, price) / highestCost + time(result) / Math.max(1, longest))));
    }

    /// What a size is recommended for; empty where for nothing.
    String remark(int memoryMb) {
        var remark = new java.util.StringJoiner(", ");
        if (memoryMb == cheapest) {
            remark.add("cheapest");
        }
        if (memoryMb == fastest) {
            remark.add("fastest");
        }
        if (memoryMb == balanced) {
            remark.add("balanced");
        }
        return remark.toString();
    }

    /// Of two that are equal, the one with less memory.
    private static int least(List<MemoryResult> measured, ToDoubleFunction<MemoryResult> by) {
        return measured.stream()
                .min(Comparator.comparingDouble(by).thenComparingInt(MemoryResult::memoryMb))
                .orElseThrow()
                .memoryMb();
    }

    private static double cost(MemoryResult result, Price price) {
        return price.ofMillionCalls(result.memoryMb(), result.warm().orElse(0));
    }

    private static double time(MemoryResult result) {
        return (double) result.warm().orElse(0);
    }
}
