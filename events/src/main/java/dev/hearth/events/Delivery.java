package dev.hearth.events;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.Resolution;
import dev.hearth.engine.FunctionEngine;
import dev.hearth.model.AsyncInvocation;
import dev.hearth.model.Clock;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import dev.hearth.model.Outcome;
import dev.hearth.model.VersionState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// Delivers events: calls the function and sees to what follows. Each delivery on a thread of its own.
final class Delivery {
    private static final System.Logger LOG = System.getLogger("dev.hearth.events");

    private final EventStore store;
    private final Book book;
    private final Catalog catalog;
    private final FunctionEngine engine;
    private final HandOn handOn;
    private final RetryPolicy policy;
    private final BackOff backOff;
    private final EventsListener listener;
    private final Clock clock;

    /// Set once: functions that end now may have been ended, and their failures do not count.
    private volatile boolean stopping;

    Delivery(
            EventStore store,
            Book book,
            Catalog catalog,
            FunctionEngine engine,
            HandOn handOn,
            EventsConfig config,
            EventsListener listener,
            Clock clock) {
        this.store = store;
        this.book = book;
        this.catalog = catalog;
        this.engine = engine;
        this.handOn = handOn;
        this.policy = new RetryPolicy(config.retryDelay());
        this.backOff = new BackOff(config.minBackOff(), config.maxBackOff());
        this.listener = listener;
        this.clock = clock;
    }

    void stop() {
        stopping = true;
    }

    /// Whether nothing more is to be attempted.
    boolean isStopping() {
        return stopping;
    }

    /// Attempts an event that the book gave out; when this returns the book knows what became of it.
    void deliver(Ticket ticket) {
        try {
            attempt(ticket, store.load(ticket));
        } catch (IOException | RuntimeException e) {
            // The backstop: an event is not lost for a failure in here, it comes again.
            LOG.log(System.Logger.Level.ERROR, "event could not be delivered requestId=" + ticket.id(), e);
            stalled(ticket, "Hearth failed: " + e);
        }
    }

    private void attempt(Ticket ticket, StoredEvent event) throws IOException {
        AsyncInvocation call = event.call();
        Optional<Resolution> resolution = catalog.resolve(call.function(), call.qualifier());
        if (resolution.isEmpty()) {
            leadsNowhere(ticket);
            return;
        }
        Rules rules = Rules.of(catalog, call.function(), call.qualifier());
        FunctionVersion version =
                resolution.get().pick(ThreadLocalRandom.current().nextDouble());
        if (RetryPolicy.isTooOld(ticket.standing().since(), clock.now(), rules)) {
            failed(ticket, event, version, rules, Condition.EVENT_AGE_EXCEEDED, Optional.empty());
        } else if (version.state() instanceof VersionState.Active) {
            run(ticket, event, version, resolution.get(), rules);
        } else {
            stalled(
                    ticket,
                    "Version " + version.version() + " is " + version.state().awsName() + ": it cannot be invoked.");
        }
    }

    private void run(Ticket ticket, StoredEvent event, FunctionVersion version, Resolution resolution, Rules rules)
            throws IOException {
        Instant began = clock.now();
        Outcome outcome =
                engine.invoke(invocation(event.call(), version, resolution)).outcome();
        listener.attempted(
                ticket.function(), outcome, Duration.between(ticket.standing().since(), began));
        if (stopping && !(outcome instanceof Outcome.Succeeded)) {
            book.requeue(ticket); // as it stands: the next start finds it so
            return;
        }
        Optional<Attempt> attempt = Attempt.of(version.version(), outcome);
        attempt.ifPresent(ran -> book.notThrottled(ticket));
        int attempts = ticket.standing().attempts() + 1;
        switch (policy.after(outcome, attempts, ticket.standing().since(), clock.now(), rules)) {
            case Verdict.Succeeded _ -> succeeded(ticket, event, version, rules, attempt);
            case Verdict.Retry(Instant when) ->
                requeue(
                        ticket,
                        ticket.standing()
                                .retryAt(
                                        when,
                                        attempts,
                                        attempt.map(Attempt::shown).orElse("")));
            case Verdict.GiveUp(Condition condition) -> {
                ticket.stand(ticket.standing().retryAt(began, attempts, ""));
                failed(ticket, event, version, rules, condition, attempt);
            }
            case Verdict.Throttled _ -> throttled(ticket, outcome);
            case Verdict.Stalled _ -> stalled(ticket, words(outcome));
        }
    }

    private Invocation invocation(AsyncInvocation call, FunctionVersion version, Resolution resolution) {
        return new Invocation(
                call.requestId(),
                version,
                call.invokedArn(),
                call.payload(),
                call.traceId(),
                call.clientContext(),
                Optional.empty(),
                false,
                resolution.reservedConcurrency(),
                clock.nanos());
    }

    private void succeeded(
            Ticket ticket, StoredEvent event, FunctionVersion version, Rules rules, Optional<Attempt> attempt)
            throws IOException {
        int attempts = ticket.standing().attempts() + 1;
        var record = new InvocationRecord(event, arn(event, version), Condition.SUCCESS, attempts, attempt);
        Instant now = clock.now();
        HandOn.Next next = handOn.next(rules.onSuccess().stream().toList(), record, version.arn(), now);
        if (next.isNothing()) {
            store.remove(ticket);
        } else {
            handOver(ticket, next.events(), recordsNotSent(next, record, now, rules));
        }
        book.ended(ticket);
        listener.ended(ticket.function(), EventEnd.DELIVERED);
    }

    /// The function has run: what is kept is the record of it, so that redriving does not run it again.
    private List<StandingEvent> recordsNotSent(HandOn.Next next, InvocationRecord record, Instant now, Rules rules) {
        AsyncInvocation call = record.event().call();
        return next.problems().stream()
                .map(problem -> {
                    listener.ended(call.function(), EventEnd.UNDELIVERED);
                    var notSent = new AsyncInvocation(
                            java.util.UUID.randomUUID().toString(),
                            call.function(),
                            call.qualifier(),
                            rules.onSuccess().orElse(""),
                            record.json(now),
                            call.traceId(),
                            Optional.empty());
                    var event =
                            new StoredEvent(notSent, now, record.event().hops(), Optional.of(HandOn.source(record)));
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "record of an event kept requestId=" + call.requestId() + " reason=" + problem);
                    return new StandingEvent(event, new Standing(EventState.UNDELIVERED, 0, now, now, problem));
                })
                .toList();
    }

    private void failed(
            Ticket ticket,
            StoredEvent event,
            FunctionVersion version,
            Rules rules,
            Condition condition,
            Optional<Attempt> last)
            throws IOException {
        int attempts = ticket.standing().attempts();
        List<String> destinations = Stream.concat(
                        rules.onFailure().stream(), version.settings().deadLetterTargetArn().stream())
                .distinct()
                .toList();
        var record = new InvocationRecord(event, arn(event, version), condition, attempts, last);
        Instant now = clock.now();
        HandOn.Next next = handOn.next(destinations, record, version.arn(), now);
        String how = condition.awsName() + " after " + attempts + (attempts == 1 ? " attempt" : " attempts")
                + last.map(attempt -> "; its function answered " + attempt.shown())
                        .orElse("");
        if (next.isNothing()) {
            keep(ticket, EventState.DEAD, attempts, how);
        } else if (next.problems().isEmpty()) {
            handOver(ticket, next.events(), List.of());
            book.ended(ticket);
            listener.ended(ticket.function(), EventEnd.HANDED_ON);
        } else {
            String why = String.join(" ", next.problems()) + " The event failed: " + how;
            if (next.events().isEmpty()) {
                keep(ticket, EventState.UNDELIVERED, attempts, why);
            } else {
                keepBeside(ticket, next.events(), attempts, why);
            }
        }
    }

    /// Puts records in the event's place.
    private void handOver(Ticket ticket, List<StoredEvent> events, List<StandingEvent> kept) throws IOException {
        var all = new ArrayList<StandingEvent>(kept);
        all.addAll(fresh(events));
        store.replace(ticket, all).forEach(book::add);
    }

    private static List<StandingEvent> fresh(List<StoredEvent> events) {
        return events.stream()
                .map(event -> new StandingEvent(event, Standing.fresh(event.acceptedAt())))
                .toList();
    }

    /// Some destinations get their records, others cannot be had: the event is kept for these.
    private void keepBeside(Ticket ticket, List<StoredEvent> records, int attempts, String why) throws IOException {
        Standing standing = new Standing(EventState.UNDELIVERED, attempts, clock.now(), clock.now(), why);
        store.addAndNote(fresh(records), ticket, standing).forEach(book::add);
        kept(ticket, standing);
    }

    private void keep(Ticket ticket, EventState state, int attempts, String why) {
        Standing standing = new Standing(state, attempts, clock.now(), clock.now(), why);
        store.note(ticket, standing);
        kept(ticket, standing);
    }

    private void kept(Ticket ticket, Standing standing) {
        EventState state = standing.state();
        LOG.log(
                System.Logger.Level.WARNING,
                "event kept requestId=" + ticket.id() + " function=" + ticket.function() + " state=" + state.label());
        if (book.keep(ticket)) {
            listener.ended(ticket.function(), state == EventState.DEAD ? EventEnd.DEAD : EventEnd.UNDELIVERED);
        }
    }

    private void requeue(Ticket ticket, Standing standing) {
        store.note(ticket, standing);
        book.requeue(ticket);
    }

    /// Not noted on the disk: the next start attempts it at once, which costs nothing.
    private void throttled(Ticket ticket, Outcome outcome) {
        ticket.stand(ticket.standing().because(words(outcome)));
        book.throttled(ticket, clock.now());
        book.requeue(ticket);
    }

    private void stalled(Ticket ticket, String why) {
        Instant next = clock.now().plus(backOff.delay(ticket.stalled()));
        ticket.stand(ticket.standing().dueAt(next).because(why));
        book.requeue(ticket);
    }

    /// Without its function an event has nobody it could be for; without the version or alias its owner may mend
    /// that.
    private void leadsNowhere(Ticket ticket) {
        if (catalog.resolve(ticket.function(), FunctionVersion.LATEST).isPresent()) {
            keep(
                    ticket,
                    EventState.DEAD,
                    ticket.standing().attempts(),
                    "'" + ticket.function() + "' has no version or alias '" + ticket.qualifier()
                            + "' any more. Make one, then redrive.");
            return;
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "event dropped, its function does not exist requestId=" + ticket.id() + " function="
                        + ticket.function());
        store.remove(ticket);
        book.ended(ticket);
        listener.ended(ticket.function(), EventEnd.DROPPED);
    }

    private static String arn(StoredEvent event, FunctionVersion version) {
        return version.arn().qualified(event.call().qualifier());
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Throttled(var reason) -> "Throttled: " + reason.awsReason();
            case Outcome.SandboxFailed(var _, String message) -> message;
            case Outcome.Succeeded _, Outcome.FunctionFailed _, Outcome.TimedOut _ -> outcome.label();
        };
    }
}
