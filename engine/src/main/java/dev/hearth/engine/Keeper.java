package dev.hearth.engine;

import dev.hearth.model.Clock;
import java.time.Duration;

/// Looks after the instances that run no invocation: freezes those that idle, sees to lost standbys, and ends those
/// whose function answered but went on working beyond its time-out. One virtual thread; what takes long runs on
/// threads of its own.
final class Keeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.hearth.engine");
    private static final Duration ROUND = Duration.ofMillis(250);

    private final InstancePools pools;
    private final StandbyMemory memory;
    private final StandbyConfig config;
    private final Runnable stems;
    private final Clock clock;
    private final Thread thread = Thread.ofVirtual().name("keeper").unstarted(this::run);

    /// @param stems looks after those
    Keeper(InstancePools pools, StandbyMemory memory, StandbyConfig config, Runnable stems, Clock clock) {
        this.pools = pools;
        this.memory = memory;
        this.config = config;
        this.stems = stems;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(ROUND);
                round();
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    /// What is due now.
    void round() {
        try {
            for (InstancePool pool : pools.all()) {
                boolean mayPark = pool.mayPark();
                pool.instances().forEach(instance -> look(pool, instance, mayPark));
                pool.growth().upkeep();
            }
            memory.round();
            stems.run();
        } catch (RuntimeException e) {
            // The next round tries again; a keeper that is gone would leave everything warm.
            LOG.log(System.Logger.Level.ERROR, "looking after the instances failed", e);
        }
    }

    private void look(InstancePool pool, Instance instance, boolean mayPark) {
        if (instance.overdue()) {
            instance.abandon(
                    "Task timed out: it went on working after its answer, beyond the function's time-out", "timeout");
        } else if (mayPark
                && instance.canPark()
                && instance.state() == InstanceState.IDLE
                && clock.nanos() - instance.idleSinceNanos()
                        > config.freezeAfter().toNanos()) {
            // Hooks may run before: seconds.
            Thread.startVirtualThread(() -> pool.park(instance));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        memory.close();
    }
}
