package dev.hearth.engine;

import dev.hearth.model.ByteSize;
import dev.hearth.model.Invocation;
import dev.hearth.model.Origin;
import dev.hearth.runtime.ExtensionFailure;
import dev.hearth.runtime.Telemetry;
import dev.hearth.runtime.TelemetryStatus;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One invocation on one instance. Made by the caller's thread, finished by whichever thread sees its end
/// first.
final class Run {
    private static final String ERROR_TYPE = "Error Type: ";

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

    void answered(long nanos) {
        answeredNanos = nanos;
        answered = true;
    }

    boolean isAnswered() {
        return answered;
    }

    /// Whether it has its answer and yet has taken longer than `limit`.
    boolean isOverdue(Duration limit, long nowNanos) {
        return answered && nowNanos - beganNanos > limit.toNanos();
    }

    /// Writes the rest of the log, and END and REPORT, once, whichever thread sees the end first.
    ///
    /// @param status what REPORT says besides: empty where the function answered
    void finish(FunctionProcess process, InstanceLog log, long nowNanos, String status) {
        if (!finished.compareAndSet(false, true)) {
            return;
        }
        process.drainOutput();
        log.flush();
        log.event(ReportLine.end(invocation));
        long duration = durationNanos(process, nowNanos);
        ByteSize peak = process.peakMemory();
        log.event(ReportLine.report(invocation, duration, initNanos, origin, peak, status));
        Telemetry told = process.telemetry();
        if (told != null) {
            tell(told, process, duration, peak, status);
        }
        if (report != null) {
            report.countDown();
        }
    }

    /// As on AWS it goes on until its extensions are done. Where the caller's thread has not seen its answer yet, it
    /// ends now.
    private long durationNanos(FunctionProcess process, long nowNanos) {
        return (answered && !process.hasExtensions() ? answeredNanos : nowNanos) - beganNanos;
    }

    private void tell(Telemetry told, FunctionProcess process, long nanos, ByteSize peak, String status) {
        boolean timedOut = status.startsWith("timeout");
        TelemetryStatus failed = timedOut ? TelemetryStatus.TIMEOUT : TelemetryStatus.FAILURE;
        told.finished(
                status.isEmpty() ? null : failed,
                status.isEmpty() || timedOut ? "" : errorType(process, status),
                nanos,
                invocation.version().settings().memory().toMibRoundedUp(),
                peak.toMibRoundedUp(),
                initNanos);
    }

    private static String errorType(FunctionProcess process, String status) {
        int named = status.indexOf(ERROR_TYPE);
        return named >= 0
                ? status.substring(named + ERROR_TYPE.length())
                : process.extensionFailure().map(ExtensionFailure::errorType).orElse(FunctionErrors.EXIT_ERROR);
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
