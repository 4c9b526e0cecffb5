package dev.hearth.events;

import dev.hearth.model.Outcome;
import java.time.Duration;

/// Is told what happens to events; called on the threads that do it, so it must not block.
public interface EventsListener {
    /// An event is on the disk.
    void accepted(String function);

    /// A function was called with an event.
    ///
    /// @param age from the event's acceptance, or its last redrive, to the call
    void attempted(String function, Outcome outcome, Duration age);

    /// An event, or the record of it, left the queue.
    void ended(String function, EventEnd end);
}
