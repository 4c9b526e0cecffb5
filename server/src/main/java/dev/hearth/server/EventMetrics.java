package dev.hearth.server;

import dev.hearth.events.AsyncEvents;
import dev.hearth.events.EventEnd;
import dev.hearth.events.EventsListener;
import dev.hearth.model.Clock;
import dev.hearth.model.Outcome;
import dev.hearth.telemetry.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// Counts what happens to asynchronous events.
record EventMetrics(Metrics metrics) implements EventsListener {
    private static final double MILLIS_PER_SECOND = 1e3;

    /// Shows what the queue holds.
    static void watch(Metrics metrics, AsyncEvents events, Clock clock) {
        metrics.watchAsyncEvents(
                () -> byState(events),
                () -> events.figures().queuedBytes(),
                () -> events.figures()
                        .oldest()
                        .map(since -> seconds(since, clock.now()))
                        .orElse(0.0));
    }

    private static Map<String, Integer> byState(AsyncEvents events) {
        var counts = new TreeMap<String, Integer>();
        events.figures().byState().forEach((state, count) -> counts.put(state.label(), count));
        return counts;
    }

    private static double seconds(Instant since, Instant now) {
        return Duration.between(since, now).toMillis() / MILLIS_PER_SECOND;
    }

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
