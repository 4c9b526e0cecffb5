package dev.hearth.events;

import java.time.Instant;

/// An event as memory keeps it: without its payload, which stays on the disk until it is delivered.
final class Ticket {
    private final long sequence;
    private final String id;
    private final String function;
    private final String qualifier;
    private final Instant acceptedAt;
    private final int bytes;

    /// Written by whoever has the event in hand: the delivery that runs it, or a command about one that is kept.
    /// Volatile because lists of events are made meanwhile.
    private volatile Standing standing;

    /// Failures of the platform in a row; lost with a restart, which is as good as a new attempt.
    private int stalls;

    Ticket(long sequence, StoredEvent event, Standing standing) {
        this.sequence = sequence;
        this.id = event.call().requestId();
        // One text for all events of a function, not one for each.
        this.function = event.call().function().intern();
        this.qualifier = event.call().qualifier().intern();
        this.acceptedAt = event.acceptedAt();
        this.bytes = event.call().payload().size();
        this.standing = standing;
    }

    long sequence() {
        return sequence;
    }

    String id() {
        return id;
    }

    String function() {
        return function;
    }

    String qualifier() {
        return qualifier;
    }

    Instant acceptedAt() {
        return acceptedAt;
    }

    /// Of its payload.
    int bytes() {
        return bytes;
    }

    Standing standing() {
        return standing;
    }

    void stand(Standing now) {
        standing = now;
    }

    /// @return how many there were in a row, with this one
    int stalled() {
        return ++stalls;
    }

    @Override
    public String toString() {
        return id + " of " + function + ", " + standing.state();
    }
}
