package dev.hearth.engine;

import dev.hearth.model.ByteSize;
import dev.hearth.model.Clock;
import dev.hearth.scheduler.PagingWindow;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/// Keeps what instances without an invocation hold of the machine's memory below what they may: once they hold more
/// than they always may, it moves the memory of standbys to swap that have been frozen for long, and ends those that
/// are worth least when that is not enough.
///
/// Looks are taken on one platform thread, because walking a process's memory blocks; [#round] returns at once.
final class StandbyMemory implements AutoCloseable {
    /// How often it is looked whether standbys still are and what they hold: each look reads files of `/proc`.
    private static final Duration CHECK = Duration.ofSeconds(5);

    private final InstancePools pools;
    private final StandbyConfig config;
    private final boolean canPageOut;
    private final Optional<Stems> stems;
    private final Clock clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("standby-memory").daemon().factory());
    /// The looking thread's.
    private long checkedNanos;

    /// Written by the looking thread.
    private volatile long held;
    /// What they hold beyond what they always may, as far as this look has brought it; the looking thread's.
    private long surplus;
    private final AtomicBoolean looking = new AtomicBoolean();

    /// @param canPageOut whether there is swap
    /// @param stems      count as standbys do, and go first
    StandbyMemory(InstancePools pools, StandbyConfig config, boolean canPageOut, Optional<Stems> stems, Clock clock) {
        this.pools = pools;
        this.config = config;
        this.canPageOut = canPageOut;
        this.stems = stems;
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
        boolean checking = clock.nanos() - checkedNanos > CHECK.toNanos();
        if (checking) {
            checkedNanos = clock.nanos();
        }
        long ofStems = stems.map(Stems::held).orElse(ByteSize.ofBytes(0)).bytes();
        long sum = ofStems;
        surplus = held - config.resident().bytes();
        for (InstancePool pool : pools.all()) {
            sum += look(pool, checking);
        }
        held = sum;
        pools.memoryIsShort(!hasRoom());
        long budget = config.memory().bytes();
        if (sum > budget) {
            stems.ifPresent(Stems::giveUp);
            if (sum - ofStems > budget) {
                relieve(sum - ofStems - budget);
            }
        }
    }

    /// @return what its standbys hold, in bytes
    private long look(InstancePool pool, boolean checking) {
        long now = clock.nanos();
        PagingWindow window = pool.habits().window(config.pageOutAfter());
        List<Instance> usedLastFirst = pool.instances().stream()
                .filter(i -> i.state() == InstanceState.FROZEN)
                .sorted(Comparator.comparingLong(i -> now - i.idleSinceNanos()))
                .toList();
        for (Instance standby : usedLastFirst) {
            if (checking) {
                pool.checkAlive(standby);
            }
            if (standby.resident().bytes() == 0 || checking) {
                standby.measureIfUsed();
            }
            if (canPageOut) {
                boolean next = standby == usedLastFirst.getFirst();
                page(standby, window, next && !pool.growth().isHeld());
            }
        }
        return usedLastFirst.stream().mapToLong(i -> i.resident().bytes()).sum();
    }

    /// @param next whether it is the one that the next caller gets, and was not arranged for it: no other needs its
    ///             memory for that
    private void page(Instance standby, PagingWindow window, boolean next) {
        switch (window.decide(clock.nanos() - standby.idleSinceNanos(), standby.pagedOut())) {
            case PAGE_OUT -> {
                if (surplus > 0) {
                    surplus -= pageOut(standby);
                }
            }
            case PAGE_IN -> {
                if (next) {
                    standby.pageIn();
                }
            }
            case STAY -> {}
        }
    }

    /// Frees at least `excess` bytes: by swap as far as that goes, then for good.
    private void relieve(long excess) {
        long left = excess;
        for (Instance standby : canPageOut ? pools.victims(excess) : List.<Instance>of()) {
            left -= pageOut(standby);
        }
        if (left > 0) {
            pools.victims(left).forEach(Instance::closeIfIdle);
        }
    }

    /// @return how many bytes that freed
    private static long pageOut(Instance standby) {
        long before = standby.resident().bytes();
        standby.pageOut();
        return before - standby.resident().bytes();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
