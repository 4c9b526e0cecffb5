package dev.hearth.identity;

import dev.hearth.model.Clock;
import java.time.Duration;
import java.time.Instant;

/// A clock that the test turns.
final class FakeClock implements Clock {
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public long nanos() {
        return 0;
    }

    synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    synchronized void set(Instant to) {
        now = to;
    }
}
