package dev.hearth.cli;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Sends the requests of all stages when they are due, whether or not those before them were answered: an open loop, as
/// callers who do not know of each other are.
///
/// One thread sends; each request then has a virtual thread of its own, which records into the tally of its stage.
final class LoadRun {
    private final List<Stage> stages;
    private final List<LoadTally> tallies;
    private final WireConnections connections;
    private final WireRequest request;
    private final int mostOutstanding;
    private final Semaphore permits;
    private final AtomicInteger heldBack = new AtomicInteger();
    private volatile int stageNow;

    /// @param mostOutstanding more requests than this are held back, and sent late
    LoadRun(List<Stage> stages, WireConnections connections, WireRequest request, int mostOutstanding) {
        this.stages = stages;
        this.tallies = new ArrayList<>();
        stages.forEach(stage -> tallies.add(new LoadTally()));
        this.connections = connections;
        this.request = request;
        this.mostOutstanding = mostOutstanding;
        this.permits = new Semaphore(mostOutstanding);
    }

    /// Runs all stages and waits for the last answer.
    ///
    /// @return a tally for each stage
    List<LoadTally> run() {
        long start = System.nanoTime();
        for (int i = 0; i < stages.size(); i++) {
            stageNow = i;
            Stage stage = stages.get(i);
            long requests = stage.requests();
            for (long n = 0; n < requests; n++) {
                send(tallies.get(i), start + stage.dueNanos(n));
            }
            start += stage.length().toNanos();
        }
        permits.acquireUninterruptibly(mostOutstanding);
        permits.release(mostOutstanding);
        return tallies;
    }

    /// How many requests waited because too many were outstanding.
    int heldBack() {
        return heldBack.get();
    }

    /// How far it has come, on one line.
    String status() {
        long done = tallies.stream().mapToLong(LoadTally::done).sum();
        long failed = tallies.stream().mapToLong(LoadTally::failed).sum();
        LoadTally now = tallies.get(stageNow);
        return "stage %d of %d (%s): %,d answered, %d outstanding, p50 %s ms, max %s ms, %,d failed"
                .formatted(
                        stageNow + 1,
                        stages.size(),
                        stages.get(stageNow).readable(),
                        done,
                        mostOutstanding - permits.availablePermits(),
                        Millis.text(now.corrected.getValueAtPercentile(50)),
                        Millis.text(now.corrected.getMaxValue()),
                        failed);
    }

    private void send(LoadTally tally, long dueNanos) {
        for (long wait = dueNanos - System.nanoTime(); wait > 0; wait = dueNanos - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
        if (!permits.tryAcquire()) {
            heldBack.incrementAndGet();
            permits.acquireUninterruptibly();
        }
        Thread.startVirtualThread(() -> {
            try {
                exchange(tally, dueNanos);
            } finally {
                permits.release();
            }
        });
    }

    private void exchange(LoadTally tally, long dueNanos) {
        byte[] bytes = request.bytes();
        long sent = System.nanoTime();
        tally.sent(sent - dueNanos);
        try {
            var answer = connections.exchange(bytes);
            long done = System.nanoTime();
            tally.answered(answer, done - dueNanos, done - sent);
        } catch (IOException e) {
            tally.failed(e instanceof SocketTimeoutException ? "no answer in time" : "connection failed");
        } catch (RuntimeException e) {
            // Numbers that are none, in the head of the answer: the load goes on, and the report counts it.
            tally.failed("unreadable answer");
        }
    }
}
