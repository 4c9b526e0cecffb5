package dev.hearth.engine;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The callers of a pool that wait for an instance, first come first served. Under the pool's lock, but for [#length].
final class WaitingLine {
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private volatile int length;

    void join(Waiter waiter) {
        waiters.addLast(waiter);
        length = waiters.size();
    }

    void leave(Waiter waiter) {
        waiters.remove(waiter);
        length = waiters.size();
    }

    /// Who has waited longest and stays in the line.
    @Nullable
    Waiter first() {
        return waiters.peekFirst();
    }

    /// Who has waited longest, and leaves the line.
    @Nullable
    Waiter next() {
        Waiter next = waiters.pollFirst();
        length = waiters.size();
        return next;
    }

    /// How many wait. For any thread.
    int length() {
        return length;
    }
}
