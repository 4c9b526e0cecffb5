package dev.hearth.server;

import dev.hearth.engine.EngineListener;
import dev.hearth.model.Invocation;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Origin;
import dev.hearth.model.Outcome;
import dev.hearth.model.ResponseSink;
import dev.hearth.model.StartCause;
import dev.hearth.telemetry.Metrics;

/// Counts what the engine does.
record EngineMetrics(Metrics metrics) implements EngineListener {
    @Override
    public void invoked(Invocation invocation, InvocationReport report) {
        String function = invocation.version().name();
        String outcome = report.outcome().label();
        if (report.origin().isEmpty()) {
            metrics.notRun(function, outcome);
        } else {
            metrics.ran(function, outcome, report.queueNanos(), report.durationNanos());
            dispatched(report);
        }
        if (invocation.sink() != null) {
            streamed(invocation, invocation.sink());
        }
        switch (report.outcome()) {
            case Outcome.FunctionFailed(String type, var _) -> metrics.functionError(function, bounded(type));
            case Outcome.TimedOut _ -> metrics.functionError(function, "Sandbox.Timedout");
            case Outcome.Succeeded _, Outcome.SandboxFailed _, Outcome.Throttled _ -> {}
        }
    }

    private void streamed(Invocation invocation, ResponseSink sink) {
        if (sink.begun()) {
            long firstByte = sink.firstByteNanos();
            metrics.streamed(
                    invocation.version().name(),
                    sink.writtenBytes(),
                    firstByte == 0 ? 0 : firstByte - invocation.receivedNanos());
        }
    }

    private void dispatched(InvocationReport report) {
        long nanos = report.timeline().dispatchNanos();
        if (nanos > 0) {
            String origin = report.origin().map(Origin::label).orElse("");
            metrics.dispatched(origin, report.cause().map(StartCause::label).orElse(""), nanos);
        }
    }

    @Override
    public void started(String function, Origin origin, long nanos) {
        metrics.started(function, origin.label(), nanos);
    }

    @Override
    public void startFailed(String function, String errorType) {
        metrics.startFailed(function, bounded(errorType));
    }

    /// Error types are the function's own words: what is no plain name is counted as one, so that a function
    /// cannot fill the memory with series.
    private static String bounded(String errorType) {
        boolean plain = errorType.length() <= 80
                && errorType.chars().allMatch(c -> c == '.' || c == '_' || c == '$' || Character.isLetter(c));
        return plain ? errorType : "other";
    }
}
