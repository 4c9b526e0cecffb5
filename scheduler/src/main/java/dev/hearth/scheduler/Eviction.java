package dev.hearth.scheduler;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which idle instance ends when there is no room for another.
public final class Eviction {
    private Eviction() {}

    /// An idle instance.
    ///
    /// @param id             names it
    /// @param idleSinceNanos when it became idle, on the monotonic clock
    public record Candidate(String id, long idleSinceNanos) {}

    /// The one that has been idle longest.
    public static Optional<Candidate> victim(List<Candidate> idle) {
        // Differences, not values: a monotonic clock may overflow.
        return idle.isEmpty()
                ? Optional.empty()
                : Optional.of(idle.stream()
                        .max(Comparator.comparingLong(c -> idle.getFirst().idleSinceNanos() - c.idleSinceNanos()))
                        .orElseThrow());
    }
}
