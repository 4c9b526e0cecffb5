package dev.hearth.events;

import java.time.Instant;

/// What follows from an attempt.
sealed interface Verdict {
    /// The function ran without error.
    record Succeeded() implements Verdict {}

    /// The function failed, and will be called again.
    record Retry(Instant when) implements Verdict {}

    /// The function failed, and will not be called again.
    record GiveUp(Condition condition) implements Verdict {}

    /// A limit kept it from running: that is no attempt, and holds for all events of the function.
    record Throttled() implements Verdict {}

    /// The platform failed: that is no attempt.
    record Stalled() implements Verdict {}
}
