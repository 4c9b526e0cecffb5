package dev.hearth.engine;

import dev.hearth.model.Invocation;
import dev.hearth.model.Origin;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One invocation on one instance. Made by the caller's thread, finished by whichever thread sees its end
/// first.
final class Run {
    private final Invocation invocation;
    private final long beganNanos;
    private final long initNanos;
    private final Origin origin;
    private final @Nullable CountDownLatch report;
    private final AtomicBoolean finished = new AtomicBoolean();

    private volatile boolean answered;
    private volatile long answeredNanos;

    /// @param initNanos init time that its REPORT line shows, 0 for none
    /// @param origin    where the instance came from
    Run(Invocation invocation, long beganNanos, long initNanos, Origin origin) {
        this.invocation = invocation;
        this.beganNanos = beganNanos;
        this.initNanos = initNanos;
        this.origin = origin;
        this.report = invocation.logTail() ? new CountDownLatch(1) : null;
    }

    Invocation invocation() {
        return invocation;
    }

    long beganNanos() {
        return beganNanos;
    }

    long initNanos() {
        return initNanos;
    }

    Origin origin() {
        return origin;
    }

    void answered(long nanos) {
        answeredNanos = nanos;
        answered = true;
    }

    boolean isAnswered() {
        return answered;
    }

    /// From its beginning to its answer, or to `nowNanos` where the caller's thread has not seen that yet.
    long durationNanos(long nowNanos) {
        return (answered ? answeredNanos : nowNanos) - beganNanos;
    }

    /// `true` for the one thread that may write its END and REPORT lines.
    boolean finishOnce() {
        return finished.compareAndSet(false, true);
    }

    void reported() {
        if (report != null) {
            report.countDown();
        }
    }

    /// Waits until its REPORT line is written. A function that goes on working after its answer may take
    /// longer than `limit`; its caller then gets the log as it is.
    void awaitReported(Duration limit) {
        if (report == null) {
            return;
        }
        try {
            boolean _ = report.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
