package dev.hearth.events;

/// What came of redriving an event.
public sealed interface Redriven {
    /// It will be attempted again, at once and as if it had just come.
    record Queued(String id) implements Redriven {}

    /// There is no such event.
    record Unknown() implements Redriven {}

    /// It is not kept, or what kept it is still so.
    record Refused(String reason) implements Redriven {}
}
