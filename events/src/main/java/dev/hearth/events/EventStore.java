package dev.hearth.events;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Events in the journal. Any thread.
final class EventStore implements AutoCloseable {
    private final Journal journal;
    private final AtomicLong sequence;

    private EventStore(Journal journal, long last) {
        this.journal = journal;
        this.sequence = new AtomicLong(last);
    }

    static EventStore open(Path directory) throws IOException {
        Journal journal = Journal.open(directory);
        List<Long> there = journal.sequences();
        return new EventStore(journal, there.isEmpty() ? 0 : there.getLast());
    }

    /// All events there are, oldest first, as they were left.
    List<Ticket> tickets() throws IOException {
        var tickets = new ArrayList<Ticket>();
        for (long number : journal.sequences()) {
            Journal.Entry entry = journal.read(number).orElseThrow();
            StoredEvent event = EventForm.body(entry.body());
            Standing standing =
                    entry.standing().map(EventForm::standing).orElseGet(() -> Standing.fresh(event.acceptedAt()));
            tickets.add(new Ticket(number, event, standing));
        }
        return tickets;
    }

    /// Adds an event durably.
    Ticket add(StoredEvent event) throws IOException {
        long number = sequence.incrementAndGet();
        try {
            journal.commit(List.of(new Frame(Frame.Kind.BODY, number, EventForm.body(event))));
        } catch (IOException e) {
            // It may be there or not; its caller is told that it is not.
            journal.append(List.of(Frame.gone(number)));
            throw e;
        }
        return new Ticket(number, event, Standing.fresh(event.acceptedAt()));
    }

    /// Puts events in the place of one, all at once and durably.
    List<Ticket> replace(Ticket old, List<StandingEvent> events) throws IOException {
        return add(events, Frame.gone(old.sequence()));
    }

    /// Adds events and notes where the one is now that they come from, all at once and durably.
    List<Ticket> addAndNote(List<StandingEvent> events, Ticket cause, Standing standing) throws IOException {
        List<Ticket> added = add(events, standing(cause, standing));
        cause.stand(standing);
        return added;
    }

    /// @param cause what becomes of the event they come from: without it they are not there either
    private List<Ticket> add(List<StandingEvent> events, Frame cause) throws IOException {
        var frames = new ArrayList<Frame>();
        var tickets = new ArrayList<Ticket>();
        for (StandingEvent next : events) {
            long number = sequence.incrementAndGet();
            frames.add(new Frame(Frame.Kind.BODY, number, EventForm.body(next.event())));
            frames.add(new Frame(Frame.Kind.STANDING, number, EventForm.standing(next.standing())));
            tickets.add(new Ticket(number, next.event(), next.standing()));
        }
        frames.add(cause);
        journal.commit(List.of(Frame.together(frames)));
        return tickets;
    }

    /// An event with its payload.
    StoredEvent load(Ticket ticket) throws IOException {
        return journal.read(ticket.sequence())
                .map(entry -> EventForm.body(entry.body()))
                .orElseThrow(() -> new IOException("The event " + ticket.id() + " is not in the journal any more."));
    }

    /// Notes where the event is now. A crash may forget the last of it: the event is attempted once more then.
    void note(Ticket ticket, Standing standing) {
        ticket.stand(standing);
        journal.append(List.of(standing(ticket, standing)));
    }

    private static Frame standing(Ticket ticket, Standing standing) {
        return new Frame(Frame.Kind.STANDING, ticket.sequence(), EventForm.standing(standing));
    }

    /// Takes the event out.
    void remove(Ticket ticket) {
        journal.append(List.of(Frame.gone(ticket.sequence())));
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
