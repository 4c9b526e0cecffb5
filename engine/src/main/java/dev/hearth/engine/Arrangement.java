package dev.hearth.engine;

import dev.hearth.model.Clock;
import dev.hearth.model.Origin;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/// Makes the next invocation of a pool have an origin, for measuring. Instances that run an invocation stay; of the
/// others at most one does.
///
/// @param limit how long to wait for an instance that has to be started, and for those that are on their way
/// @param start sees to it that the next instance that is started comes from there, and tells where it will come from
record Arrangement(InstancePool pool, Clock clock, Duration limit, UnaryOperator<Origin> start) {

    /// @return the origin that the next invocation will have; another one where this host or this version cannot
    Origin arrange(Origin origin) {
        pool.growth().hold();
        settleDown();
        if (origin != Origin.WARM && origin != Origin.THAW && origin != Origin.PAGEIN) {
            pool.closeIdle();
            return start.apply(origin);
        }
        pool.growth().awaitInstance(true, limit);
        List<Instance> ready =
                pool.instances().stream().filter(Instance::isReady).toList();
        ready.stream().skip(1).forEach(Instance::closeIfIdle);
        return ready.isEmpty() ? start.apply(Origin.BOOT) : arrange(ready.getFirst(), origin);
    }

    private Origin arrange(Instance instance, Origin origin) {
        if (origin == Origin.WARM) {
            pool.unpark(instance);
            return Origin.WARM;
        }
        pool.park(instance);
        if (origin == Origin.PAGEIN) {
            instance.pageOut();
        }
        if (instance.state() != InstanceState.FROZEN) {
            return Origin.WARM;
        }
        return instance.pagedOut() ? Origin.PAGEIN : Origin.THAW;
    }

    /// Waits until nothing is being started or parked, and every instance that answered asks for its next event.
    private void settleDown() {
        long deadline = clock.nanos() + limit.toNanos();
        while (clock.nanos() - deadline < 0 && isUnsettled()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private boolean isUnsettled() {
        return pool.instances().stream().filter(i -> !i.isReady()).count() > pool.running();
    }
}
