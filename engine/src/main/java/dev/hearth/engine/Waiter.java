package dev.hearth.engine;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A caller that waits for an instance. Created, awaited and given up by the caller's thread; served by
/// any, under its pool's lock.
final class Waiter {
    private final Thread thread = Thread.currentThread();
    private final long sinceNanos;
    private volatile @Nullable Lease lease;

    Waiter(long sinceNanos) {
        this.sinceNanos = sinceNanos;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    void serve(Lease given) {
        lease = given;
        LockSupport.unpark(thread);
    }

    @Nullable
    Lease lease() {
        return lease;
    }

    /// Parks until served or until `nanos` have passed.
    @Nullable
    Lease await(long nanos) {
        long deadline = System.nanoTime() + nanos;
        long left = nanos;
        while (lease == null && left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, left);
            left = deadline - System.nanoTime();
        }
        return lease;
    }
}
