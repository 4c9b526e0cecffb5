package dev.hearth.simulation;

import dev.hearth.scheduler.GreedyDual;
import dev.hearth.scheduler.GreedyDual.Candidate;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// Asks the scheduler's Greedy-Dual for victims among a host's idle instances.
final class GreedyDualEviction {
    /// So many parts of the memory are freed at least, so that not every start has to look for victims.
    private static final int PARTS = 100;

    private final GreedyDual policy = new GreedyDual();
    private final ToDoubleFunction<Instance> clockAtUse;
    private final ToDoubleFunction<Instance> startMillis;
    private final ToLongFunction<Instance> frees;

    /// @param clockAtUse  what [#clock] was when an instance was used last
    /// @param startMillis what a caller waits when it is a victim
    /// @param frees       bytes that are free then
    GreedyDualEviction(
            ToDoubleFunction<Instance> clockAtUse,
            ToDoubleFunction<Instance> startMillis,
            ToLongFunction<Instance> frees) {
        this.clockAtUse = clockAtUse;
        this.startMillis = startMillis;
        this.frees = frees;
    }

    double clock() {
        return policy.clock();
    }

    /// Victims whose memory makes `bytes` free, as far as there are any.
    List<Instance> victims(Host host, long bytes, Predicate<Instance> which) {
        long missing = bytes - host.memory().free();
        if (missing <= 0) {
            return List.of();
        }
        long enough = Math.max(missing, host.memory().cap() / PARTS);
        return policy.victims(candidates(host, which), enough).stream()
                .map(Candidate::instance)
                .toList();
    }

    /// Victims that are worth less than `newcomer`, for whose memory nobody waits; none if that does not suffice.
    List<Instance> victimsFor(Host host, Instance newcomer, long bytes, Predicate<Instance> which) {
        long missing = bytes - host.memory().free();
        return policy.victimsFor(candidate(newcomer), candidates(host, which.and(i -> i != newcomer)), missing).stream()
                .map(Candidate::instance)
                .toList();
    }

    private List<Candidate<Instance>> candidates(Host host, Predicate<Instance> which) {
        return host.leastRecentlyUsedFirst().stream()
                .filter(which)
                .map(this::candidate)
                .toList();
    }

    private Candidate<Instance> candidate(Instance instance) {
        return new Candidate<>(
                instance,
                clockAtUse.applyAsDouble(instance),
                instance.uses,
                startMillis.applyAsDouble(instance),
                frees.applyAsLong(instance));
    }
}
