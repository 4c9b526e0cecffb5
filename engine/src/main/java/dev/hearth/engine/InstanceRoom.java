package dev.hearth.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// How many instances may be alive on this machine at once. When there is no room for another, the one that
/// is worth least makes place. Lock-free but for the walk over idle instances, which only full
/// machines take.
final class InstanceRoom {
    /// One in so many places is left to callers.
    private static final int RESERVE = 10;

    private final int places;
    private volatile boolean memoryIsShort;
    private final AtomicInteger taken = new AtomicInteger();
    private final Worth worth;
    private final Supplier<List<InstancePool>> pools;

    InstanceRoom(int places, Worth worth, Supplier<List<InstancePool>> pools) {
        this.places = places;
        this.worth = worth;
        this.pools = pools;
    }

    /// Takes a place, or begins to free one for `asker`, which is told through [Growth#demand] when it is.
    boolean take(InstancePool asker) {
        if (takeIfFree()) {
            return true;
        }
        evict();
        return false;
    }

    /// Takes a place where that costs nobody else's.
    boolean takeIfFree() {
        if (taken.incrementAndGet() <= places) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    /// What an instance is stamped with when it is used.
    double clock() {
        return worth.clock();
    }

    /// How many may still be added that nobody waits for, without ending another.
    int free() {
        return memoryIsShort ? 0 : places - taken.get();
    }

    /// Whether what standbys may hold of the memory is nearly taken.
    void memoryIsShort(boolean isShort) {
        memoryIsShort = isShort;
    }

    void giveBack() {
        taken.decrementAndGet();
        for (InstancePool pool : pools.get()) {
            if (pool.waitingCallers() > 0) {
                // Not on this thread: it may hold another pool's lock.
                Thread.startVirtualThread(pool.growth()::demand);
            }
        }
    }

    /// Whether a place is free, and some more for those who call meanwhile.
    boolean hasFree() {
        return taken.get() < places - places / RESERVE;
    }

    private void evict() {
        worth.victims(pools.get().stream(), 1).forEach(victim -> Thread.startVirtualThread(victim::closeIfIdle));
    }
}
