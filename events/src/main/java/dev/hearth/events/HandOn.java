package dev.hearth.events;

import dev.hearth.catalog.Catalog;
import dev.hearth.model.AsyncInvocation;
import dev.hearth.model.ByteSize;
import dev.hearth.model.FunctionArn;
import dev.hearth.model.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Makes of an event that has ended what comes after it: records for its destinations, each an event of its own.
///
/// @param recordMax the largest record: what a caller may send
record HandOn(Catalog catalog, ByteSize recordMax) {
    /// As many functions as AWS lets call each other before it takes them for a loop.
    static final int HOPS_MAX = 16;

    /// What takes the event's place.
    ///
    /// @param events   new events
    /// @param problems why records could not be made for destinations; empty where all could
    record Next(List<StoredEvent> events, List<String> problems) {
        boolean isNothing() {
            return events.isEmpty() && problems.isEmpty();
        }
    }

    /// @param arns of the destinations
    Next next(List<String> arns, InvocationRecord record, FunctionArn function, Instant now) {
        var events = new ArrayList<StoredEvent>();
        var problems = new ArrayList<String>();
        if (arns.isEmpty()) {
            return new Next(events, problems);
        }
        Payload payload = record.json(now);
        for (String arn : arns) {
            switch (target(arn, record.event(), function, payload)) {
                case FunctionTarget.Found found -> events.add(event(found, record, payload, now));
                case FunctionTarget.Unreachable(String reason) -> problems.add(reason);
            }
        }
        return new Next(events, problems);
    }

    private FunctionTarget target(String arn, StoredEvent event, FunctionArn function, Payload payload) {
        if (event.hops() >= HOPS_MAX) {
            return new FunctionTarget.Unreachable("The destination " + arn + " is the " + (HOPS_MAX + 1)
                    + "th in a row: functions that are each other's destinations would go on for ever.");
        }
        if (payload.size() > recordMax.bytes()) {
            return new FunctionTarget.Unreachable("The record for the destination " + arn + " has " + payload.size()
                    + " bytes; at most " + recordMax.bytes() + " can be sent. Let the function answer less.");
        }
        return FunctionTarget.of(arn, function.toString(), catalog);
    }

    private static StoredEvent event(
            FunctionTarget.Found target, InvocationRecord record, Payload payload, Instant now) {
        AsyncInvocation cause = record.event().call();
        var call = new AsyncInvocation(
                UUID.randomUUID().toString(),
                target.name(),
                target.qualifier(),
                target.arn(),
                payload,
                cause.traceId(),
                Optional.empty());
        return new StoredEvent(call, now, record.event().hops() + 1, Optional.of(source(record)));
    }

    static Source source(InvocationRecord record) {
        AsyncInvocation cause = record.event().call();
        return new Source(cause.requestId(), cause.function(), cause.qualifier(), record.condition());
    }
}
