package dev.hearth.engine;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// Ends processes that may take their time, on threads that nobody waits for but the end of the server. Safe for any
/// thread.
final class Farewells implements AutoCloseable {
    /// Longer than AWS gives extensions, which is 2 s.
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Duration limit;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("farewell-", 0).factory());

    Farewells() {
        this(LIMIT);
    }

    /// @param limit what processes have of the end of the server
    Farewells(Duration limit) {
        this.limit = limit;
    }

    /// Has a process end in its own time.
    ///
    /// @param farewell ends early where its thread is interrupted
    /// @param atOnce   run instead where there is no time any more
    void begin(Runnable farewell, Runnable atOnce) {
        try {
            threads.execute(farewell);
        } catch (RejectedExecutionException e) {
            atOnce.run(); // the server ends, and has waited for others already
        }
    }

    /// Waits for those that have begun.
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                threads.shutdownNow();
                // Those that were interrupted kill theirs now, which the end of the server must not cut short.
                boolean _ = threads.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
