package dev.hearth.scheduler;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Which standbys end, or move to swap, when memory is short: those whose loss costs least for the memory it frees.
///
/// Greedy-Dual-Size-Frequency (Cherkasova, 1998) as FaasCache applies it to functions (Fuerst and Sharma, ASPLOS 2021):
/// `priority = clock + frequency × start ms / resident MiB`. The clock is the priority of what was evicted last;
/// each instance carries the clock of its own last use, and so what was once popular grows old without any timer.
///
/// One owner evicts. The clock may be read by any thread, which is why it is volatile.
public final class GreedyDual {
    private static final double BYTES_PER_MIB = 1024.0 * 1024;

    /// Below this, a standby is counted as that large: nothing is so small that it may stay for ever.
    private static final double SMALLEST_MIB = 0.25;

    private volatile double clock;

    /// An instance that could go.
    ///
    /// @param instance      whatever stands for it with the caller
    /// @param clockAtUse    [GreedyDual#clock] when it was used last
    /// @param frequency     invocations it has served. Counted for each instance, not for the version as FaasCache
    ///                      does: a spare that is never needed is worth little though its function is called often
    /// @param startMillis   what the next caller waits when it is gone, as measured
    /// @param residentBytes what it holds of the memory that is short
    public record Candidate<T>(
            T instance, double clockAtUse, double frequency, double startMillis, long residentBytes) {
        /// What it is worth to keep it.
        public double priority() {
            return clockAtUse + frequency * startMillis / Math.max(SMALLEST_MIB, residentBytes / BYTES_PER_MIB);
        }
    }

    /// What an instance is stamped with when it is used.
    public double clock() {
        return clock;
    }

    /// The cheapest losses that free so many bytes; all of them when even that is not enough. They count as gone: the
    /// clock advances.
    public <T> List<Candidate<T>> victims(Collection<Candidate<T>> idle, long bytesToFree) {
        List<Candidate<T>> victims = cheapest(idle, bytesToFree, Double.POSITIVE_INFINITY);
        advance(victims);
        return victims;
    }

    /// The same for room that nobody waits for, such as for a spare: only what is worth less than the newcomer may
    /// go, and nothing when that does not free enough. Otherwise two functions that do not fit together would drive
    /// each other's spares out for ever.
    public <T> List<Candidate<T>> victimsFor(Candidate<T> newcomer, Collection<Candidate<T>> idle, long bytesToFree) {
        List<Candidate<T>> victims = cheapest(idle, bytesToFree, newcomer.priority());
        if (freed(victims) < bytesToFree) {
            return List.of();
        }
        advance(victims);
        return victims;
    }

    private static <T> List<Candidate<T>> cheapest(Collection<Candidate<T>> idle, long bytesToFree, double below) {
        PriorityQueue<Candidate<T>> byPriority =
                new PriorityQueue<>(Math.max(1, idle.size()), Comparator.comparingDouble(Candidate::priority));
        byPriority.addAll(idle);
        List<Candidate<T>> victims = new java.util.ArrayList<>();
        long freed = 0;
        while (freed < bytesToFree) {
            Candidate<T> next = byPriority.poll();
            if (next == null || next.priority() >= below) {
                return victims;
            }
            victims.add(next);
            freed += next.residentBytes();
        }
        return victims;
    }

    private static <T> long freed(List<Candidate<T>> victims) {
        return victims.stream().mapToLong(Candidate::residentBytes).sum();
    }

    private <T> void advance(List<Candidate<T>> victims) {
        if (!victims.isEmpty()) {
            clock = Math.max(clock, victims.getLast().priority());
        }
    }
}
