package dev.hearth.engine;

import dev.hearth.scheduler.GreedyDual;
import java.util.List;
import java.util.stream.Stream;

/// What instances that run nothing are worth to keep, over all versions. Safe for use by any thread; one evicts at a
/// time.
final class Worth {
    private final GreedyDual rule = new GreedyDual();

    /// What an instance is stamped with when it is used.
    double clock() {
        return rule.clock();
    }

    /// Those whose loss costs least, enough of them to free so many bytes; they count as gone.
    synchronized List<Instance> victims(Stream<InstancePool> pools, long bytesToFree) {
        List<GreedyDual.Candidate<Instance>> candidates =
                pools.filter(InstancePool::canSpare).flatMap(Worth::candidates).toList();
        return rule.victims(candidates, bytesToFree).stream()
                .map(GreedyDual.Candidate::instance)
                .toList();
    }

    private static Stream<GreedyDual.Candidate<Instance>> candidates(InstancePool pool) {
        return pool.instances().stream().filter(Instance::isReady).map(instance -> pool.candidate(instance));
    }
}
