package dev.hearth.engine;

import dev.hearth.model.ByteSize;
import dev.hearth.model.Invocation;
import dev.hearth.model.Origin;
import dev.hearth.runtime.ExtensionFailure;
import java.time.Instant;
import java.util.Optional;

/// The lines AWS Lambda writes around each invocation. Source of the format: the Lambda developer guide,
/// "Working with logs", and the recorded answers.
final class ReportLine {
    private static final long NANOS_PER_HUNDREDTH_MILLI = 10_000;

    private ReportLine() {}

    static String start(Invocation invocation) {
        return "START RequestId: " + invocation.requestId() + " Version: "
                + invocation.version().version();
    }

    static String end(Invocation invocation) {
        return "END RequestId: " + invocation.requestId();
    }

    /// @param initNanos init time to show, 0 for none
    /// @param origin    where the instance came from: a field of ours, for what AWS has none for
    /// @param status    `timeout` or `error`; empty when the function answered
    static String report(
            Invocation invocation, long durationNanos, long initNanos, Origin origin, ByteSize peak, String status) {
        StringBuilder line = new StringBuilder(200)
                .append("REPORT RequestId: ")
                .append(invocation.requestId())
                .append("\tDuration: ");
        millis(line, durationNanos);
        line.append(" ms\tBilled Duration: ")
                .append(Math.ceilDiv(durationNanos, 1_000_000L))
                .append(" ms\tMemory Size: ")
                .append(invocation.version().settings().memory().toMibRoundedUp())
                .append(" MB\tMax Memory Used: ")
                .append(peak.toMibRoundedUp())
                .append(" MB\t");
        if (initNanos > 0) {
            line.append("Init Duration: ");
            millis(line, initNanos);
            line.append(" ms\t");
        }
        if (origin != Origin.WARM && origin != Origin.BOOT) {
            line.append("Origin: ").append(origin.label()).append('\t');
        }
        if (!status.isEmpty()) {
            line.append("Status: ").append(status);
        }
        return line.toString();
    }

    static String initFailed(long initNanos, String errorType) {
        StringBuilder line = new StringBuilder(100).append("INIT_REPORT Init Duration: ");
        millis(line, initNanos);
        return line.append(" ms\tPhase: init\tStatus: ")
                .append(errorType.equals(FunctionErrors.TIMED_OUT) ? "timeout" : "error\tError Type: " + errorType)
                .toString();
    }

    /// Milliseconds with two decimals, without the cost of a formatter: written on every invocation.
    private static void millis(StringBuilder line, long nanos) {
        long hundredths = nanos / NANOS_PER_HUNDREDTH_MILLI;
        long rest = hundredths % 100;
        line.append(hundredths / 100)
                .append('.')
                .append((char) ('0' + rest / 10))
                .append((char) ('0' + rest % 10));
    }

    /// What happened to an invocation, with its time and its request id, as AWS says that a task timed out.
    static String said(Instant when, Invocation invocation, String what) {
        return when + " " + invocation.requestId() + " " + what;
    }

    /// Why an instance was found gone that nobody had ended.
    static String lost(Optional<ExtensionFailure> extension) {
        String who = extension
                .map(f -> "Extension " + f.name() + " failed (" + f.errorType() + ", " + f.message() + ")")
                .orElse("Runtime exited");
        return who + " between two invocations; the next one gets a new instance";
    }
}
