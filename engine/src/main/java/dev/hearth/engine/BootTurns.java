package dev.hearth.engine;

import dev.hearth.scheduler.Boots;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/// Lets instances boot in the order of [Boots]: a few at a time, those that somebody waits for first, and those that
/// nobody waits for on half of the cores at most. Safe for use by any thread.
final class BootTurns {
    private final int cores;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Pending> pending = new LinkedHashSet<>();
    private int booting;
    private int background;

    /// @param cores how many boots at once the machine bears
    BootTurns(int cores) {
        this.cores = cores;
    }

    /// A turn to boot, which ends with [#end].
    ///
    /// @param awaited whether somebody waits for the instance
    record Turn(boolean awaited) {}

    private static final class Pending {
        final BootOrder order;
        final long sinceNanos;
        final CountDownLatch taken = new CountDownLatch(1);
        /// Written before it is taken.
        private boolean awaited;

        Pending(BootOrder order, long sinceNanos) {
            this.order = order;
            this.sinceNanos = sinceNanos;
        }

        Boots.Turn<Pending> turn() {
            return new Boots.Turn<>(this, order.awaited().getAsBoolean(), order.ready(), order.frequency(), sinceNanos);
        }
    }

    /// Waits for the turn of an instance; who gets it must [#end] it.
    Turn await(BootOrder order, long nowNanos) {
        Pending mine = new Pending(order, nowNanos);
        lock.lock();
        try {
            pending.add(mine);
            next();
        } finally {
            lock.unlock();
        }
        awaitUninterruptibly(mine.taken);
        return new Turn(mine.awaited);
    }

    /// Whether nothing boots, and nothing waits for its turn.
    boolean isIdle() {
        lock.lock();
        try {
            return booting == 0 && pending.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Somebody waits by now for an instance that has no turn yet.
    void hurry() {
        lock.lock();
        try {
            next();
        } finally {
            lock.unlock();
        }
    }

    /// The instance has booted, or not.
    void end(Turn turn) {
        lock.lock();
        try {
            booting--;
            background -= turn.awaited() ? 0 : 1;
            next();
        } finally {
            lock.unlock();
        }
    }

    /// Under the lock.
    private void next() {
        for (Optional<Boots.Turn<Pending>> next = choose(); next.isPresent(); next = choose()) {
            Boots.Turn<Pending> turn = next.get();
            Pending chosen = turn.instance();
            pending.remove(chosen);
            booting++;
            background += turn.awaited() ? 0 : 1;
            chosen.awaited = turn.awaited();
            chosen.taken.countDown();
        }
    }

    private Optional<Boots.Turn<Pending>> choose() {
        List<Boots.Turn<Pending>> turns = pending.stream().map(Pending::turn).toList();
        return Boots.next(turns, booting, background, cores);
    }

    private static void awaitUninterruptibly(CountDownLatch turn) {
        boolean interrupted = false;
        while (true) {
            try {
                turn.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // a turn that nobody takes would never end
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
