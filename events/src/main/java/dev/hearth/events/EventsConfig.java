package dev.hearth.events;

import dev.hearth.model.ByteSize;
import java.time.Duration;

/// How asynchronous events are kept and delivered.
///
/// @param maxEvents              events that may wait at once; beyond it callers get 429
/// @param maxBytes               what they may hold together
/// @param concurrency            deliveries running at once, all functions together
/// @param functionConcurrency    the same of one function
/// @param retryDelay             before the second attempt after a function's error; before the third it is twice
///                               that
/// @param minBackOff             before the next attempt after a throttle or a failure of the platform; doubles
///                               each time
/// @param maxBackOff             the longest such delay
/// @param maxKept                events that are kept after all attempts failed; the oldest go first
/// @param keep                   how long they are kept
public record EventsConfig(
        int maxEvents,
        ByteSize maxBytes,
        int concurrency,
        int functionConcurrency,
        Duration retryDelay,
        Duration minBackOff,
        Duration maxBackOff,
        int maxKept,
        Duration keep) {

    /// AWS's delays; what one machine bears.
    public static final EventsConfig DEFAULT = new EventsConfig(
            100_000,
            ByteSize.ofMib(1_024),
            100,
            25,
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            10_000,
            Duration.ofDays(14));

    /// The same with another delay before retries.
    public EventsConfig withRetryDelay(Duration value) {
        return new EventsConfig(
                maxEvents, maxBytes, concurrency, functionConcurrency, value, minBackOff, maxBackOff, maxKept, keep);
    }
}
