package dev.hearth.events;

import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Which events there are and what is to be done with them, in memory. Any thread; its lock is never held across a
/// call of anything else.
final class Book {
    private final EventsConfig config;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Lineup lineup;
    private final Kept kept;
    private final Map<String, Ticket> all = new HashMap<>();

    /// Events whose function was deleted while they ran.
    private final Set<Ticket> droppedWhileRunning = new HashSet<>();

    private final Set<Ticket> running = new HashSet<>();

    /// Events that are accepted or being written.
    private int queued;

    private long queuedBytes;
    private boolean change;

    Book(EventsConfig config) {
        this.config = config;
        this.lineup = new Lineup(config);
        this.kept = new Kept(config);
    }

    /// Makes room for an event that is about to be written.
    ///
    /// @throws ApiException TooManyRequestsException when there is none
    void reserve(int bytes) {
        lock.lock();
        try {
            if (queued >= config.maxEvents()) {
                throw full(queued + " events wait", "events.maxEvents");
            }
            if (queuedBytes + bytes > config.maxBytes().bytes()) {
                throw full("events of " + queuedBytes + " bytes wait", "events.maxMb");
            }
            queued++;
            queuedBytes += bytes;
        } finally {
            lock.unlock();
        }
    }

    private static ApiException full(String found, String key) {
        return new ApiException(
                ErrorCode.TOO_MANY_REQUESTS,
                "The event was not accepted: the queue of asynchronous events is full, " + found
                        + ". Try again when some are delivered (hearth async list), or raise " + key + ".");
    }

    /// Gives back the room of an event that could not be written.
    void release(int bytes) {
        lock.lock();
        try {
            queued--;
            queuedBytes -= bytes;
        } finally {
            lock.unlock();
        }
    }

    /// Adds an event for which room was made.
    void addReserved(Ticket ticket) {
        lock.lock();
        try {
            release(ticket.bytes());
            add(ticket);
        } finally {
            lock.unlock();
        }
    }

    /// Adds an event in whatever state it is, room or not.
    void add(Ticket ticket) {
        lock.lock();
        try {
            all.put(ticket.id(), ticket);
            if (ticket.standing().state().isQueued()) {
                queued++;
                queuedBytes += ticket.bytes();
                lineup.add(ticket);
            } else {
                kept.add(ticket);
            }
            signal();
        } finally {
            lock.unlock();
        }
    }

    /// The event to deliver now; end it with one of [#requeue], [#ended], [#keep].
    Optional<Ticket> take(Instant now) {
        lock.lock();
        try {
            Optional<Ticket> next = lineup.take(now);
            next.ifPresent(running::add);
            return next;
        } finally {
            lock.unlock();
        }
    }

    /// The function's events met a limit.
    void throttled(Ticket ticket, Instant now) {
        lock.lock();
        try {
            lineup.throttled(ticket.function(), now);
        } finally {
            lock.unlock();
        }
    }

    void notThrottled(Ticket ticket) {
        lock.lock();
        try {
            lineup.notThrottled(ticket.function());
        } finally {
            lock.unlock();
        }
    }

    /// A delivery ended and the event waits for its next; what it stands at says when.
    ///
    /// @return false when its function was deleted meanwhile: it is gone
    boolean requeue(Ticket ticket) {
        lock.lock();
        try {
            if (!finished(ticket)) {
                return false;
            }
            lineup.add(ticket);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// A delivery ended and the event with it.
    void ended(Ticket ticket) {
        lock.lock();
        try {
            if (finished(ticket)) {
                unqueue(ticket);
                all.remove(ticket.id(), ticket);
            }
        } finally {
            lock.unlock();
        }
    }

    /// A delivery ended; the event is kept as it stands now.
    ///
    /// @return false when its function was deleted meanwhile: it is gone
    boolean keep(Ticket ticket) {
        lock.lock();
        try {
            if (!finished(ticket)) {
                return false;
            }
            unqueue(ticket);
            kept.add(ticket);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// @return whether the event is still there
    private boolean finished(Ticket ticket) {
        if (!running.remove(ticket)) {
            return false;
        }
        lineup.finished(ticket.function());
        signal();
        return !droppedWhileRunning.remove(ticket);
    }

    private void unqueue(Ticket ticket) {
        queued--;
        queuedBytes -= ticket.bytes();
    }

    /// Takes a kept event out, so that it can be queued again; false when somebody else did.
    boolean takeKept(Ticket ticket) {
        lock.lock();
        try {
            if (!kept.remove(ticket)) {
                return false;
            }
            all.remove(ticket.id(), ticket);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Takes out kept events that are too old or too many.
    List<Ticket> expire(Instant now) {
        lock.lock();
        try {
            if (!kept.isOverdue(now)) {
                return List.of();
            }
            List<Ticket> expired = kept.expire(now);
            expired.forEach(ticket -> all.remove(ticket.id(), ticket));
            return expired;
        } finally {
            lock.unlock();
        }
    }

    /// Takes out everything of a function; what runs just now ends without a next attempt.
    List<Ticket> drop(String function) {
        lock.lock();
        try {
            var dropped = new ArrayList<Ticket>();
            for (Ticket ticket : lineup.drop(function)) {
                unqueue(ticket);
                dropped.add(ticket);
            }
            for (Ticket ticket : running) {
                if (ticket.function().equals(function) && droppedWhileRunning.add(ticket)) {
                    unqueue(ticket);
                    dropped.add(ticket);
                }
            }
            for (Ticket ticket : List.copyOf(kept.all())) {
                if (ticket.function().equals(function)) {
                    kept.remove(ticket);
                    dropped.add(ticket);
                }
            }
            dropped.forEach(ticket -> all.remove(ticket.id(), ticket));
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    Optional<Ticket> find(String id) {
        lock.lock();
        try {
            return Optional.ofNullable(all.get(id));
        } finally {
            lock.unlock();
        }
    }

    /// All events there are, oldest first.
    List<Ticket> list() {
        lock.lock();
        try {
            return all.values().stream()
                    .sorted(Comparator.comparingLong(Ticket::sequence))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /// How many events are in each state, what waits, and since when.
    EventFigures figures() {
        var counts = new EnumMap<EventState, Integer>(EventState.class);
        for (EventState state : EventState.values()) {
            counts.put(state, 0);
        }
        Optional<Instant> oldest = Optional.empty();
        lock.lock();
        try {
            for (Ticket ticket : all.values()) {
                Standing standing = ticket.standing();
                counts.merge(standing.state(), 1, Integer::sum);
                if (standing.state().isQueued()
                        && oldest.filter(time -> !time.isAfter(standing.since()))
                                .isEmpty()) {
                    oldest = Optional.of(standing.since());
                }
            }
            return new EventFigures(counts, queuedBytes, oldest);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until something may have become due, at most for so long.
    void await(Instant now, Duration most) throws InterruptedException {
        lock.lock();
        try {
            Duration until = lineup.nextDue()
                    .map(due -> Duration.between(now, due))
                    .filter(wait -> wait.compareTo(most) < 0)
                    .orElse(most);
            long left = until.toNanos();
            while (!change && left > 0) {
                left = changed.awaitNanos(left);
            }
            change = false;
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        change = true;
        changed.signal();
    }

    int runningNow() {
        lock.lock();
        try {
            return running.size();
        } finally {
            lock.unlock();
        }
    }
}
