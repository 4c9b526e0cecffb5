package dev.hearth.events;

import dev.hearth.model.Clock;
import java.time.Duration;
import java.time.Instant;

/// A clock that the test turns.
final class FakeClock implements Clock {
    private Instant now = Instant.parse("2026-01-02T03:04:05.678Z");

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized long nanos() {
        return now.toEpochMilli() * 1_000_000;
    }

    synchronized void advance(Duration by) {
        now = now.plus(by);
    }
}
