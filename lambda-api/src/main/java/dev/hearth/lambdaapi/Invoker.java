package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.Resolution;
import dev.hearth.engine.FunctionEngine;
import dev.hearth.http.Response;
import dev.hearth.model.ApiException;
import dev.hearth.model.Clock;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Outcome;
import dev.hearth.model.Payload;
import dev.hearth.model.VersionState;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Invoke: resolves the version in memory, hands the invocation to the engine, answers its outcome.
///
/// @param reportOrigin every answer says where its instance came from, asked for or not
record Invoker(Catalog catalog, FunctionEngine engine, Clock clock, boolean reportOrigin) {

    Response invoke(LambdaOperation.Invoke invoke, String requestId) {
        Resolution resolution = resolve(invoke.function());
        FunctionVersion version = ready(resolution);
        if (invoke.dryRun()) {
            return Response.empty(204);
        }
        String traceId = TraceIds.of(invoke.traceId(), clock.now());
        InvocationReport report = run(invoke, requestId, resolution, version, traceId);
        Response answer = answer(report, version, traceId);
        return reportOrigin || invoke.report() ? OriginHeaders.on(answer, report) : answer;
    }

    /// Invokes with the answer passed on as it is written.
    Response stream(LambdaOperation.Invoke invoke, String requestId) {
        Resolution resolution = resolve(invoke.function());
        FunctionVersion version = ready(resolution);
        if (invoke.dryRun()) {
            return Response.empty(204);
        }
        String traceId = TraceIds.of(invoke.traceId(), clock.now());
        StreamedAnswer answer = started(invoke, requestId, resolution, version, traceId);
        return answer.contentType().isPresent()
                ? events(answer, version, traceId)
                : switch (answer.report().outcome()) {
                    case Outcome.SandboxFailed failed -> ErrorAnswer.of(failed.code(), failed.message());
                    case Outcome.Throttled throttled -> ErrorAnswer.of(throttled.reason());
                    case Outcome.Succeeded _, Outcome.FunctionFailed _, Outcome.TimedOut _ ->
                        events(answer, version, traceId);
                };
    }

    private static Response events(StreamedAnswer answer, FunctionVersion version, String traceId) {
        return new Response(
                200,
                List.of(
                        new Response.Field("Content-Type", EventFrames.CONTENT_TYPE),
                        new Response.Field("X-Amz-Executed-Version", version.version()),
                        new Response.Field("X-Amzn-Trace-Id", traceId)),
                new Response.Body.Stream(answer::writeEvents));
    }

    /// The same for callers who pass the answer on in a form of their own.
    ///
    /// @throws ApiException when the version is not there or not ready
    StreamedAnswer started(LambdaOperation.Invoke invoke, String requestId) {
        Resolution resolution = resolve(invoke.function());
        String traceId = TraceIds.of(invoke.traceId(), clock.now());
        return started(invoke, requestId, resolution, ready(resolution), traceId);
    }

    private StreamedAnswer started(
            LambdaOperation.Invoke invoke,
            String requestId,
            Resolution resolution,
            FunctionVersion version,
            String traceId) {
        AnswerPipe pipe = new AnswerPipe(clock);
        return StreamedAnswer.start(engine, invocation(invoke, requestId, resolution, version, traceId, pipe), pipe);
    }

    /// The same for callers who answer in a form of their own.
    ///
    /// @throws ApiException when the version is not there or not ready
    InvocationReport report(LambdaOperation.Invoke invoke, String requestId) {
        Resolution resolution = resolve(invoke.function());
        return run(invoke, requestId, resolution, ready(resolution), TraceIds.of(invoke.traceId(), clock.now()));
    }

    private InvocationReport run(
            LambdaOperation.Invoke invoke,
            String requestId,
            Resolution resolution,
            FunctionVersion version,
            String traceId) {
        return engine.invoke(invocation(invoke, requestId, resolution, version, traceId, null));
    }

    private static Invocation invocation(
            LambdaOperation.Invoke invoke,
            String requestId,
            Resolution resolution,
            FunctionVersion version,
            String traceId,
            @Nullable AnswerPipe pipe) {
        return new Invocation(
                requestId,
                version,
                invoke.function().arnAsNamed(),
                new Payload(invoke.payload()),
                traceId,
                invoke.clientContext(),
                Optional.empty(),
                invoke.logTail(),
                resolution.reservedConcurrency(),
                invoke.receivedNanos(),
                pipe);
    }

    /// Where a call leads, when it can be made now.
    ///
    /// @throws ApiException when the version is not there or not ready
    static FunctionVersion ready(Catalog catalog, FunctionRef function) {
        return ready(resolve(catalog, function));
    }

    private Resolution resolve(FunctionRef function) {
        return resolve(catalog, function);
    }

    private static Resolution resolve(Catalog catalog, FunctionRef function) {
        return catalog.resolve(function.name(), function.qualifierOrLatest())
                .orElseThrow(() -> FunctionRef.notFound(function.arn().qualified(function.qualifierOrLatest())));
    }

    /// The version for one invocation.
    private static FunctionVersion ready(Resolution resolution) {
        FunctionVersion version = resolution.secondary().isPresent()
                ? resolution.pick(ThreadLocalRandom.current().nextDouble())
                : resolution.primary();
        checkReady(version);
        return version;
    }

    private static void checkReady(FunctionVersion version) {
        switch (version.state()) {
            case VersionState.Active active -> {}
            case VersionState.Pending pending -> throw notReady(version);
            case VersionState.Failed failed -> throw Lookup.wrongState(version);
        }
    }

    private static ApiException notReady(FunctionVersion version) {
        boolean snapshotInMaking = version.snapStarts();
        return snapshotInMaking
                ? new ApiException(
                        ErrorCode.SNAP_START_NOT_READY,
                        "Lambda is initializing your function. It will be ready to invoke once your function state"
                                + " becomes ACTIVE.")
                : Lookup.wrongState(version);
    }

    private static Response answer(InvocationReport report, FunctionVersion version, String traceId) {
        return switch (report.outcome()) {
            case Outcome.Succeeded(Payload payload) -> answer(report, version, traceId, payload, false);
            case Outcome.FunctionFailed(String errorType, Payload payload) ->
                answer(report, version, traceId, payload, true);
            case Outcome.TimedOut(java.time.Duration limit, Payload payload) ->
                answer(report, version, traceId, payload, true);
            case Outcome.SandboxFailed failed -> ErrorAnswer.of(failed.code(), failed.message());
            case Outcome.Throttled throttled -> ErrorAnswer.of(throttled.reason());
        };
    }

    /// AWS answers 200 whatever the function did, and says `Unhandled` for every failure of it.
    private static Response answer(
            InvocationReport report, FunctionVersion version, String traceId, Payload payload, boolean failed) {
        var headers = new ArrayList<Response.Field>(6);
        headers.add(new Response.Field("Content-Type", Json.CONTENT_TYPE));
        headers.add(new Response.Field("X-Amz-Executed-Version", version.version()));
        headers.add(new Response.Field("X-Amzn-Trace-Id", traceId));
        if (failed) {
            headers.add(new Response.Field("X-Amz-Function-Error", "Unhandled"));
        }
        report.logTail()
                .ifPresent(log -> headers.add(new Response.Field(
                        "X-Amz-Log-Result", Base64.getEncoder().encodeToString(log))));
        return new Response(200, headers, new Response.Body.Bytes(payload.bytes()));
    }
}
