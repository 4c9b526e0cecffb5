package dev.hearth.engine;

import dev.hearth.model.Clock;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.Invocation;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Origin;
import dev.hearth.model.Outcome;
import dev.hearth.model.Timeline;
import dev.hearth.runtime.Answer;
import dev.hearth.runtime.ExtensionFailure;
import dev.hearth.runtime.HandlerTimes;
import dev.hearth.sandbox.SandboxExit;
import java.time.Duration;
import java.util.Optional;

/// Finds an instance for an invocation and runs it there; on the caller's thread.
final class Dispatcher {
    /// A version may be replaced while a caller is on its way to the old pool; more often than this it is not.
    private static final int POOL_CHANGES = 8;

    /// How long a caller that wants the log waits for the function to be done after its answer.
    private static final Duration REPORT_WAIT = Duration.ofSeconds(2);

    private final InstancePools pools;
    private final Clock clock;

    Dispatcher(InstancePools pools, Clock clock) {
        this.pools = pools;
        this.clock = clock;
    }

    InvocationReport dispatch(Invocation invocation) {
        for (int i = 0; i < POOL_CHANGES; i++) {
            InstancePool pool = pools.of(invocation.version());
            switch (pool.acquire()) {
                case Lease.Granted granted -> {
                    return run(invocation, pool, granted);
                }
                case Lease.Failed(StartFailure failure, byte[] tail) -> {
                    return notStarted(invocation, failure, tail);
                }
                case Lease.Refused(var reason) -> {
                    return notRun(new Outcome.Throttled(reason));
                }
                case Lease.Closed() -> {
                    // Replaced by a newer deployment: ask again.
                }
            }
        }
        return notRun(new Outcome.SandboxFailed(
                ErrorCode.SERVICE,
                "No instance of " + invocation.version().qualifiedArn()
                        + " could be had: Hearth is shutting down, or the function is being replaced. Try again."));
    }

    private InvocationReport run(Invocation invocation, InstancePool pool, Lease.Granted granted) {
        Instance instance = granted.instance();
        long assigned = clock.nanos();
        boolean fresh = !instance.used();
        Answer answer;
        Outcome outcome;
        long answered;
        try {
            answer = instance.invoke(invocation, granted.origin());
            answered = clock.nanos();
            outcome = outcome(invocation, pool, instance, answer);
        } finally {
            pool.release();
        }
        Timeline timeline = timeline(invocation, granted, fresh, assigned, answered);
        if (!(answer instanceof Answer.Disconnected || answer instanceof Answer.TimedOut)) {
            pool.answered(granted.origin(), timeline.dispatchNanos());
        }
        return new InvocationReport(
                outcome,
                Optional.of(granted.origin()),
                Optional.ofNullable(granted.cause()),
                timeline,
                assigned - invocation.receivedNanos(),
                answered - assigned,
                fresh && granted.origin().isStart() ? instance.initNanos() : 0,
                tail(invocation, instance));
    }

    private static Timeline timeline(
            Invocation invocation, Lease.Granted granted, boolean fresh, long assigned, long answered) {
        Instance instance = granted.instance();
        HandlerTimes handler = instance.handlerTimes(invocation.requestId());
        boolean awaited = fresh && granted.origin().isStart();
        StartTimes start = awaited ? instance.startTimes() : StartTimes.UNKNOWN;
        return new Timeline(
                invocation.receivedNanos(),
                assigned,
                start.sandboxReady(),
                start.runtimeReady(),
                start.codeLoaded(),
                start.initDone(),
                handler.start(),
                handler.end(),
                answered,
                fresh && !awaited ? instance.initNanos() : 0);
    }

    private Outcome outcome(Invocation invocation, InstancePool pool, Instance instance, Answer answer) {
        return switch (answer) {
            case Answer.Response(var payload) -> new Outcome.Succeeded(payload);
            case Answer.Error(String type, var payload) -> new Outcome.FunctionFailed(type, payload);
            case Answer.TooLarge(long bytes, long limit) -> FunctionErrors.tooLarge(limit);
            case Answer.TimedOut() -> timedOut(invocation, pool, instance);
            case Answer.Disconnected() -> crashed(invocation, pool, instance);
        };
    }

    private Outcome timedOut(Invocation invocation, InstancePool pool, Instance instance) {
        Duration limit = invocation.version().settings().timeout();
        pool.growth().replace();
        instance.abandon(
                ReportLine.said(clock.now(), invocation, "Task timed out after " + FunctionErrors.seconds(limit)),
                "timeout");
        return FunctionErrors.timedOut(invocation.requestId(), limit);
    }

    private Outcome crashed(Invocation invocation, InstancePool pool, Instance instance) {
        String id = invocation.requestId();
        Optional<ExtensionFailure> extension = instance.extensionFailure();
        if (extension.isPresent()) {
            ExtensionFailure failure = extension.get();
            pool.growth().replace();
            instance.abandon(
                    "RequestId: " + id + " Error: " + failure.message(), "error\tError Type: " + failure.errorType());
            return FunctionErrors.extensionFailed(id, failure);
        }
        SandboxExit exit = instance.exit();
        Outcome.FunctionFailed failed = FunctionErrors.exited(id, exit);
        pool.growth().replace();
        instance.abandon(FunctionErrors.exitLine(id, exit), "error\tError Type: " + failed.errorType());
        return failed;
    }

    private static Optional<byte[]> tail(Invocation invocation, Instance instance) {
        if (!invocation.logTail()) {
            return Optional.empty();
        }
        instance.awaitReport(REPORT_WAIT);
        return Optional.of(instance.logTail());
    }

    private InvocationReport notStarted(Invocation invocation, StartFailure failure, byte[] tail) {
        return new InvocationReport(
                failure.outcomeFor(invocation.requestId()),
                Optional.of(Origin.BOOT),
                Optional.empty(),
                Timeline.notRun(invocation.receivedNanos()),
                clock.nanos() - invocation.receivedNanos(),
                0,
                0,
                invocation.logTail() ? Optional.of(tail) : Optional.empty());
    }

    /// The report of an invocation that no instance was asked to run.
    static InvocationReport notRun(Outcome outcome) {
        return new InvocationReport(
                outcome, Optional.empty(), Optional.empty(), Timeline.notRun(0), 0, 0, 0, Optional.empty());
    }
}
