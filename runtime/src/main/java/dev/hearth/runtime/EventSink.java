package dev.hearth.runtime;

/// A connection on which the function waits for its next event.
interface EventSink {
    /// The event that is about to be written to it ends its wait. Called with the rendezvous' lock held: must not
    /// block.
    void claimed();

    /// The function has shown that it has read the last event. Called with the rendezvous' lock held.
    void drained();

    /// Sends it an event; does not wait for a peer that does not read. Where it cannot be sent, the connection ends.
    void deliver(RuntimeEvent event);
}
