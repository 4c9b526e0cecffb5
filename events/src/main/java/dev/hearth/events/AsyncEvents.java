package dev.hearth.events;

import dev.hearth.catalog.Catalog;
import dev.hearth.engine.FunctionEngine;
import dev.hearth.model.ApiException;
import dev.hearth.model.AsyncInvocation;
import dev.hearth.model.ByteSize;
import dev.hearth.model.Clock;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.EventIntake;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The queue of asynchronous events: takes them durably, delivers them at least once, keeps what failed.
///
/// Opened before the engine and closed after it, so that invocations that end while the engine drains are still
/// noted; [#start] and [#stop] stand inside. Any thread.
public final class AsyncEvents implements EventIntake, AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.hearth.events");

    /// How long the loop waits when nothing is due; kept events grow old meanwhile.
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /// For deliveries to note how they ended after the engine has ended them.
    private static final Duration LAST_NOTES = Duration.ofSeconds(5);

    private final EventsConfig config;
    private final Catalog catalog;
    private final ByteSize recordMax;
    private final EventsListener listener;
    private final Clock clock;
    private final EventStore store;
    private final Book book;
    private final Redrive redrive;
    private final Executor deliveries;

    /// Set by [#start]; the server starts before it serves.
    private volatile @Nullable Delivery delivery;

    private volatile @Nullable Thread loop;

    private AsyncEvents(
            EventsConfig config,
            Catalog catalog,
            ByteSize recordMax,
            EventsListener listener,
            Clock clock,
            EventStore store,
            Executor deliveries) {
        this.config = config;
        this.catalog = catalog;
        this.recordMax = recordMax;
        this.listener = listener;
        this.clock = clock;
        this.store = store;
        this.book = new Book(config);
        this.redrive = new Redrive(store, book, catalog, clock);
        this.deliveries = deliveries;
    }

    /// Opens the queue in a directory, made where it does not exist, with what waited when it was last open.
    ///
    /// @param recordMax the largest record that a destination gets
    /// @throws IOException when the disk refuses
    public static AsyncEvents open(
            Path directory,
            EventsConfig config,
            Catalog catalog,
            ByteSize recordMax,
            EventsListener listener,
            Clock clock)
            throws IOException {
        return open(directory, config, catalog, recordMax, listener, clock, Thread::startVirtualThread);
    }

    /// @param deliveries runs deliveries
    static AsyncEvents open(
            Path directory,
            EventsConfig config,
            Catalog catalog,
            ByteSize recordMax,
            EventsListener listener,
            Clock clock,
            Executor deliveries)
            throws IOException {
        EventStore store = EventStore.open(directory);
        var events = new AsyncEvents(config, catalog, recordMax, listener, clock, store, deliveries);
        List<Ticket> left = store.tickets();
        left.forEach(events.book::add);
        if (!left.isEmpty()) {
            LOG.log(System.Logger.Level.INFO, "asynchronous events taken up count=" + left.size());
        }
        return events;
    }

    /// Begins to deliver. Called once.
    public void start(FunctionEngine engine) {
        attach(engine);
        loop = Thread.ofVirtual().name("events").start(this::run);
    }

    /// Makes [#deliverDue] possible without a thread of its own: for tests.
    void attach(FunctionEngine engine) {
        delivery = new Delivery(store, book, catalog, engine, new HandOn(catalog, recordMax), config, listener, clock);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                deliverDue();
                book.await(clock.now(), LONGEST_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // stopped
        }
    }

    /// Begins to deliver what is due now.
    void deliverDue() {
        Delivery attached = delivery;
        while (attached != null && !attached.isStopping()) {
            Optional<Ticket> next = book.take(clock.now());
            if (next.isEmpty()) {
                expire();
                return;
            }
            deliveries.execute(() -> attached.deliver(next.get()));
        }
    }

    private void expire() {
        List<Ticket> expired = book.expire(clock.now());
        for (Ticket ticket : expired) {
            store.remove(ticket);
            listener.ended(ticket.function(), EventEnd.EXPIRED);
        }
        if (!expired.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "kept events dropped, they grew too old or too many count=" + expired.size());
        }
    }

    @Override
    public void accept(AsyncInvocation call) {
        int bytes = call.payload().size();
        book.reserve(bytes);
        Ticket ticket;
        try {
            ticket = store.add(new StoredEvent(call, clock.now(), 0, Optional.empty()));
        } catch (IOException e) {
            book.release(bytes);
            throw new ApiException(
                    ErrorCode.SERVICE,
                    "The event for '" + call.function() + "' was not accepted, because it could not be written: "
                            + e.getMessage() + ". See that the disk of the data directory has room.",
                    e);
        }
        book.addReserved(ticket);
        listener.accepted(call.function());
    }

    @Override
    public void functionDeleted(String function) {
        List<Ticket> dropped = book.drop(function);
        for (Ticket ticket : dropped) {
            store.remove(ticket);
            listener.ended(function, EventEnd.DROPPED);
        }
        if (!dropped.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "events dropped with their function function=" + function + " count=" + dropped.size());
        }
    }

    /// All events there are, oldest first.
    public List<EventView> list() {
        return book.list().stream().map(EventView::of).toList();
    }

    /// One event with what it holds.
    ///
    /// @return empty where there is none of that id
    /// @throws IOException when it cannot be read
    public Optional<EventDetail> show(String id) throws IOException {
        Optional<Ticket> ticket = book.find(id);
        if (ticket.isEmpty()) {
            return Optional.empty();
        }
        StoredEvent event = store.load(ticket.get());
        return Optional.of(new EventDetail(
                EventView.of(ticket.get()),
                event.call().invokedArn(),
                event.call().traceId(),
                event.source().map(Source::requestId).orElse(""),
                event.call().payload()));
    }

    /// Attempts a kept event again.
    ///
    /// @throws IOException when the disk refuses
    public Redriven redrive(String id) throws IOException {
        Optional<Ticket> ticket = book.find(id);
        return ticket.isEmpty() ? new Redriven.Unknown() : redrive.redrive(ticket.get());
    }

    /// Attempts all kept events of a function again.
    ///
    /// @return what came of each
    /// @throws IOException when the disk refuses
    public List<Redriven> redriveAll(String function) throws IOException {
        var results = new java.util.ArrayList<Redriven>();
        for (Ticket ticket : book.list()) {
            if (ticket.function().equals(function) && !ticket.standing().state().isQueued()) {
                results.add(redrive.redrive(ticket));
            }
        }
        return results;
    }

    /// What the queue holds now.
    public EventFigures figures() {
        return book.figures();
    }

    /// Begins no more deliveries. Those that run go on; what they have done is noted until [#close].
    public void stop() {
        Delivery attached = delivery;
        if (attached != null) {
            attached.stop();
        }
        Thread running = loop;
        if (running != null) {
            running.interrupt();
        }
    }

    /// Waits a moment for deliveries that are ending, and closes the files.
    @Override
    public void close() throws IOException {
        stop();
        long end = clock.nanos() + LAST_NOTES.toNanos();
        while (book.runningNow() > 0 && clock.nanos() < end) {
            LockSupport.parkNanos(10_000_000);
        }
        store.close();
    }
}
