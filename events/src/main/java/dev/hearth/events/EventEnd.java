package dev.hearth.events;

import java.util.Locale;

/// How an event left the queue.
public enum EventEnd {
    /// Its function ran without error, or the record of its failure is on its way to a destination.
    DELIVERED,
    /// All attempts failed, and the record of that is on its way to a destination.
    HANDED_ON,
    /// Kept, because all attempts failed and there is no destination.
    DEAD,
    /// Kept, because its destination cannot be had.
    UNDELIVERED,
    /// Dropped, because its function was deleted.
    DROPPED,
    /// Dropped, because kept events grew too many or too old.
    EXPIRED;

    /// As metrics name it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
