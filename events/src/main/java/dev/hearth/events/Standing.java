package dev.hearth.events;

import java.time.Instant;

/// What changes about an event.
///
/// @param state    where it is in its life
/// @param attempts how often its function ran
/// @param since    what its age counts from: its acceptance, or when it was last redriven; of a kept one, since
///                 when it is kept
/// @param due      when it is to be attempted next
/// @param reason   why it is where it is; empty for one that was never attempted
record Standing(EventState state, int attempts, Instant since, Instant due, String reason) {
    private static final int REASON_MAX = 1_000;

    Standing {
        reason = reason.length() > REASON_MAX ? reason.substring(0, REASON_MAX) + "…" : reason;
    }

    /// Of an event that has just come, or come again.
    static Standing fresh(Instant now) {
        return new Standing(EventState.PENDING, 0, now, now, "");
    }

    Standing retryAt(Instant when, int attempted, String why) {
        return new Standing(EventState.RETRYING, attempted, since, when, why);
    }

    Standing dueAt(Instant when) {
        return new Standing(state, attempts, since, when, reason);
    }

    Standing because(String why) {
        return new Standing(state, attempts, since, due, why);
    }
}
