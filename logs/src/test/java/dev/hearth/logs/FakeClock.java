package dev.hearth.logs;

import dev.hearth.model.Clock;
import java.time.Duration;
import java.time.Instant;

/// A clock that stands still until it is moved.
final class FakeClock implements Clock {
    private volatile Instant now = Instant.parse("2026-03-04T05:06:07Z"); // moved by the test, read by the writer

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long nanos() {
        return now.toEpochMilli() * 1_000_000;
    }

    void advance(Duration duration) {
        now = now.plus(duration);
    }

    long millis() {
        return now.toEpochMilli();
    }
}
