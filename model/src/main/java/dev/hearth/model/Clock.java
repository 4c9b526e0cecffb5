package dev.hearth.model;

import java.time.Instant;

/// Time as the rest of Hearth sees it, so that tests can turn it. [SystemClock] is the one real
/// implementation.
public interface Clock {
    /// Wall-clock time.
    Instant now();

    /// Monotonic time, for measuring and deadlines; its origin means nothing.
    long nanos();
}
