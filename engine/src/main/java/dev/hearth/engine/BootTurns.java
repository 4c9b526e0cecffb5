package dev.hearth.engine;

import dev.hearth.scheduler.Boots;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/// Lets instances boot in the order of [Boots]: a few at a time, those that somebody waits for first, and those that
/// nobody waits for on half of the cores at most. Safe for use by any thread.
final class BootTurns {
    private final int cores;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Boots.Turn<CountDownLatch>> pending = new LinkedHashSet<>();
    private int booting;
    private int background;

    /// @param cores how many boots at once the machine bears
    BootTurns(int cores) {
        this.cores = cores;
    }

    /// Waits for the turn of an instance; who gets it must [#end] it.
    void await(BootOrder order, long nowNanos) {
        CountDownLatch turn = new CountDownLatch(1);
        lock.lock();
        try {
            pending.add(new Boots.Turn<>(turn, !order.background(), order.ready(), order.frequency(), nowNanos));
            next();
        } finally {
            lock.unlock();
        }
        awaitUninterruptibly(turn);
    }

    /// The instance has booted, or not.
    void end(BootOrder order) {
        lock.lock();
        try {
            booting--;
            background -= order.background() ? 1 : 0;
            next();
        } finally {
            lock.unlock();
        }
    }

    /// Under the lock.
    private void next() {
        for (Optional<Boots.Turn<CountDownLatch>> next = Boots.next(pending, booting, background, cores);
                next.isPresent();
                next = Boots.next(pending, booting, background, cores)) {
            Boots.Turn<CountDownLatch> turn = next.get();
            pending.remove(turn);
            booting++;
            background += turn.awaited() ? 0 : 1;
            turn.instance().countDown();
        }
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
