package dev.hearth.events;

import dev.hearth.model.Outcome;
import java.time.Duration;
import java.time.Instant;

/// Decides what follows from an attempt, as AWS does: a function's error leads to another attempt after a minute
/// and to a third two minutes later, as long as the event is not too old then; what is not the function's fault
/// costs no attempt.
///
/// @param retryDelay before the second attempt; before the next it is twice that
record RetryPolicy(Duration retryDelay) {

    /// Whether an event is too old to be attempted.
    static boolean isTooOld(Instant since, Instant now, Rules rules) {
        return now.isAfter(since.plus(rules.maxAge()));
    }

    /// @param attempts how often the function ran, with this time
    /// @param since    what the event's age counts from
    Verdict after(Outcome outcome, int attempts, Instant since, Instant now, Rules rules) {
        return switch (outcome) {
            case Outcome.Succeeded _ -> new Verdict.Succeeded();
            case Outcome.FunctionFailed _ -> failed(attempts, since, now, rules);
            case Outcome.TimedOut _ -> failed(attempts, since, now, rules);
            case Outcome.Throttled _ -> new Verdict.Throttled();
            case Outcome.SandboxFailed _ -> new Verdict.Stalled();
        };
    }

    private Verdict failed(int attempts, Instant since, Instant now, Rules rules) {
        if (attempts > rules.maxRetries()) {
            return new Verdict.GiveUp(Condition.RETRIES_EXHAUSTED);
        }
        Instant next = now.plus(retryDelay.multipliedBy(1L << (attempts - 1)));
        return isTooOld(since, next, rules)
                ? new Verdict.GiveUp(Condition.EVENT_AGE_EXCEEDED)
                : new Verdict.Retry(next);
    }
}
