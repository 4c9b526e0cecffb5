package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.http.Response;
import dev.hearth.model.AsyncInvocation;
import dev.hearth.model.Clock;
import dev.hearth.model.EventIntake;
import dev.hearth.model.Payload;

/// Calls that nobody waits for: checked as any other call, then left where they are durable.
record AsyncInvoker(Catalog catalog, EventIntake events, Clock clock) {

    /// @param requestId the answer's, and the event's own at every attempt, as on AWS
    Response invoke(LambdaOperation.InvokeAsync invoke, String requestId) {
        FunctionRef function = invoke.function();
        Invoker.ready(catalog, function);
        String traceId = TraceIds.of(invoke.traceId(), clock.now());
        events.accept(new AsyncInvocation(
                requestId,
                function.name(),
                function.qualifierOrLatest(),
                function.arnAsNamed(),
                new Payload(invoke.payload()),
                traceId,
                invoke.clientContext()));
        return Response.empty(202).with("X-Amzn-Trace-Id", traceId);
    }
}
