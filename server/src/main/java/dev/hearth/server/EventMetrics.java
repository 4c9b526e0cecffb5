package dev.hearth.server;

import dev.hearth.events.EventEnd;
import dev.hearth.events.EventsListener;
import dev.hearth.model.Outcome;
import dev.hearth.telemetry.Metrics;
import java.time.Duration;

/// Counts what happens to asynchronous events.
record EventMetrics(Metrics metrics) implements EventsListener {
    private static final double MILLIS_PER_SECOND = 1e3;

    @Override
    public void accepted(String function) {
        metrics.asyncAccepted(function);
    }

    @Override
    public void attempted(String function, Outcome outcome, Duration age) {
        metrics.asyncAttempted(function, outcome.label(), age.toMillis() / MILLIS_PER_SECOND);
    }

    @Override
    public void ended(String function, EventEnd end) {
        metrics.asyncEnded(function, end.label());
    }
}
