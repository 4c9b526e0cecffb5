package dev.hearth.events;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/// The events of one function that wait, first due first, and how many of it run. Not safe for use by several
/// threads.
final class Line {
    private static final Comparator<Ticket> FIRST_DUE =
            Comparator.comparing((Ticket ticket) -> ticket.standing().due()).thenComparingLong(Ticket::sequence);

    private final PriorityQueue<Ticket> waiting = new PriorityQueue<>(FIRST_DUE);
    private int running;

    /// Throttles in a row; while there are any, one event at a time finds out whether it is over.
    private int throttles;

    private Instant pausedUntil = Instant.EPOCH;

    void add(Ticket ticket) {
        waiting.add(ticket);
    }

    /// Takes the first event when one may run now.
    Optional<Ticket> take(Instant now, int limit) {
        if (!canRun(limit) || waiting.isEmpty() || readyAt().isAfter(now)) {
            return Optional.empty();
        }
        running++;
        return Optional.of(waiting.remove());
    }

    /// When the first event may run by the clock alone; empty where it waits for another to end.
    Optional<Instant> due(int limit) {
        return canRun(limit) && !waiting.isEmpty() ? Optional.of(readyAt()) : Optional.empty();
    }

    private boolean canRun(int limit) {
        return running < (throttles > 0 ? 1 : limit);
    }

    private Instant readyAt() {
        Instant due = waiting.element().standing().due();
        return due.isAfter(pausedUntil) ? due : pausedUntil;
    }

    void finished() {
        running--;
    }

    /// Nothing runs for a while, twice as long with each throttle in a row.
    void throttled(Instant now, BackOff backOff) {
        if (now.isBefore(pausedUntil)) {
            return; // others that ran at the same time met the same limit
        }
        throttles++;
        Duration pause = backOff.delay(throttles);
        pausedUntil = now.plus(pause);
    }

    void notThrottled() {
        throttles = 0;
        pausedUntil = Instant.EPOCH;
    }

    /// Takes all out.
    List<Ticket> clear() {
        var all = new ArrayList<>(waiting);
        waiting.clear();
        return all;
    }

    boolean isIdle() {
        return waiting.isEmpty() && running == 0;
    }
}
