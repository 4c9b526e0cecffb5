package dev.hearth.events;

import dev.hearth.catalog.Catalog;
import dev.hearth.model.AsyncInvocation;
import dev.hearth.model.Clock;
import dev.hearth.model.FunctionArn;
import dev.hearth.model.FunctionVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Takes up what was kept: what was not done is done. A failed event's function is called again; a record that
/// could not be handed to a destination is handed to the one that is configured now.
record Redrive(EventStore store, Book book, Catalog catalog, Clock clock) {

    Redriven redrive(Ticket ticket) throws IOException {
        if (ticket.standing().state().isQueued()) {
            return new Redriven.Refused("The event " + ticket.id() + " is "
                    + ticket.standing().state().label() + ": it will be attempted by itself.");
        }
        StoredEvent event = store.load(ticket);
        return isRecordNotSent(ticket, event) ? redriveRecord(ticket, event) : redriveEvent(ticket);
    }

    /// A record that was never sent is listed under the function it tells of.
    private static boolean isRecordNotSent(Ticket ticket, StoredEvent event) {
        return event.source()
                .filter(source -> source.function().equals(ticket.function()))
                .isPresent();
    }

    private Redriven redriveEvent(Ticket ticket) {
        if (catalog.resolve(ticket.function(), ticket.qualifier()).isEmpty()) {
            return new Redriven.Refused("'" + ticket.function() + "' has no version or alias '" + ticket.qualifier()
                    + "'. Make one, then redrive.");
        }
        if (!book.takeKept(ticket)) {
            return new Redriven.Unknown();
        }
        store.note(ticket, Standing.fresh(clock.now()));
        book.add(ticket);
        return new Redriven.Queued(ticket.id());
    }

    private Redriven redriveRecord(Ticket ticket, StoredEvent record) throws IOException {
        Optional<String> destination =
                Rules.of(catalog, ticket.function(), ticket.qualifier()).onSuccess();
        Optional<FunctionArn> function = catalog.resolve(ticket.function(), FunctionVersion.LATEST)
                .map(found -> found.primary().arn());
        if (destination.isEmpty() || function.isEmpty()) {
            return new Redriven.Refused("'" + ticket.function() + "' has no on-success destination for '"
                    + ticket.qualifier() + "' any more. Configure one, then redrive.");
        }
        return switch (FunctionTarget.of(destination.get(), function.get().toString(), catalog)) {
            case FunctionTarget.Unreachable(String reason) -> new Redriven.Refused(reason);
            case FunctionTarget.Found found -> send(ticket, record, found);
        };
    }

    private Redriven send(Ticket ticket, StoredEvent record, FunctionTarget.Found target) throws IOException {
        if (!book.takeKept(ticket)) {
            return new Redriven.Unknown();
        }
        Instant now = clock.now();
        var call = new AsyncInvocation(
                UUID.randomUUID().toString(),
                target.name(),
                target.qualifier(),
                target.arn(),
                record.call().payload(),
                record.call().traceId(),
                Optional.empty());
        var event = new StoredEvent(call, now, record.hops() + 1, record.source());
        try {
            store.replace(ticket, List.of(new StandingEvent(event, Standing.fresh(now))))
                    .forEach(book::add);
        } catch (IOException e) {
            book.add(ticket);
            throw e;
        }
        return new Redriven.Queued(call.requestId());
    }
}
