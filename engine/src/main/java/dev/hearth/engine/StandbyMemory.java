package dev.hearth.engine;

import dev.hearth.model.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/// Keeps what instances without an invocation hold of the machine's memory below what they may: moves the memory of
/// standbys to swap that have been frozen for long, and ends those that are worth least when that is not enough.
///
/// Looks are taken on one platform thread, because walking a process's memory blocks; [#round] returns at once.
final class StandbyMemory implements AutoCloseable {
    private final InstancePools pools;
    private final StandbyConfig config;
    private final Clock clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("standby-memory").daemon().factory());
    private final AtomicBoolean looking = new AtomicBoolean();

    StandbyMemory(InstancePools pools, StandbyConfig config, Clock clock) {
        this.pools = pools;
        this.config = config;
        this.clock = clock;
    }

    /// Has a look taken, unless one is being taken.
    void round() {
        if (looking.compareAndSet(false, true)) {
            thread.execute(() -> {
                try {
                    look();
                } finally {
                    looking.set(false);
                }
            });
        }
    }

    private void look() {
        List<Instance> standbys = pools.instances().stream()
                .filter(i -> i.state() == InstanceState.FROZEN)
                .toList();
        for (Instance standby : standbys) {
            if (standby.resident().bytes() == 0) {
                standby.measure();
            }
            if (clock.nanos() - standby.idleSinceNanos() > config.pageOutAfter().toNanos()) {
                standby.pageOut();
            }
        }
        relieve(standbys);
    }

    private void relieve(List<Instance> standbys) {
        long held = standbys.stream().mapToLong(i -> i.resident().bytes()).sum();
        long budget = config.memory().bytes();
        if (held <= budget) {
            return;
        }
        List<Instance> coldestFirst = standbys.stream()
                .sorted(Comparator.comparingLong(i -> i.idleSinceNanos() - clock.nanos()))
                .toList();
        for (Instance standby : coldestFirst) {
            if (held <= budget) {
                return;
            }
            long before = standby.resident().bytes();
            standby.pageOut();
            held -= before - standby.resident().bytes();
            if (held > budget && standby.closeIfIdle()) {
                held -= standby.resident().bytes();
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
