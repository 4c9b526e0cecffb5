package dev.hearth.conformance;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// Waits for what another process does, with an end.
final class Deadline {
    private static final long PAUSE_NANOS = 20_000_000;

    private Deadline() {}

    /// @throws AssertionError when `condition` does not hold within `limit`; what it threw last is the cause
    static void await(String what, Duration limit, Callable<Boolean> condition) {
        long end = System.nanoTime() + limit.toNanos();
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Exception notYet) {
                last = notYet;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError("not within " + limit.toMillis() + " ms: " + what, last);
    }
}
