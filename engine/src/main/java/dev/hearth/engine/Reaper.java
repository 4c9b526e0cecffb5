package dev.hearth.engine;

import java.time.Duration;

/// Ends instances whose function answered but went on working beyond its time-out. One virtual thread that
/// looks once a second.
final class Reaper implements AutoCloseable {
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final InstancePools pools;
    private final Thread thread = Thread.ofVirtual().name("reaper").unstarted(this::run);

    Reaper(InstancePools pools) {
        this.pools = pools;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(ROUND);
                pools.instances().stream()
                        .filter(Instance::overdue)
                        .forEach(instance -> instance.abandon(
                                "Task timed out: it went on working after its answer, beyond the function's time-out",
                                "timeout"));
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
