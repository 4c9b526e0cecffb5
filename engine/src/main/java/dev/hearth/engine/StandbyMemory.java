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
    /// Written by the looking thread.
    private volatile long held;
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

    /// Whether another standby may be made: nine tenths of what they may hold are not taken yet.
    boolean hasRoom() {
        return held < config.memory().bytes() / 10 * 9;
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
        long sum = standbys.stream().mapToLong(i -> i.resident().bytes()).sum();
        held = sum;
        if (sum > config.memory().bytes()) {
            relieve(standbys, sum - config.memory().bytes());
        }
    }

    /// Frees at least `excess` bytes, or as much as there is.
    private void relieve(List<Instance> standbys, long excess) {
        List<Instance> coldestFirst = standbys.stream()
                .sorted(Comparator.comparingLong(i -> i.idleSinceNanos() - clock.nanos()))
                .toList();
        long left = excess;
        for (Instance standby : coldestFirst) {
            if (left <= 0) {
                return;
            }
            long before = standby.resident().bytes();
            standby.pageOut();
            left -= before - standby.resident().bytes();
            if (left > 0 && standby.closeIfIdle()) {
                left -= standby.resident().bytes();
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
