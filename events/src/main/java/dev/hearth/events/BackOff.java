package dev.hearth.events;

import java.time.Duration;

/// Delays that double.
record BackOff(Duration min, Duration max) {
    private static final int DOUBLINGS_MAX = 30;

    /// @param times how often in a row, from 1
    Duration delay(int times) {
        long factor = 1L << Math.min(times - 1, DOUBLINGS_MAX);
        Duration delay = min.multipliedBy(factor);
        return delay.compareTo(max) < 0 ? delay : max;
    }
}
