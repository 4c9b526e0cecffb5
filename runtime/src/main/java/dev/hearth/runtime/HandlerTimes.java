package dev.hearth.runtime;

/// When a function's handler ran, on the host's monotonic clock in nanoseconds; 0 where the runtime does not tell.
///
/// Our bootstraps send both with the answer: `Hearth-Handler-Start` and `Hearth-Handler-End`.
public record HandlerTimes(long start, long end) {
    public static final HandlerTimes UNKNOWN = new HandlerTimes(0, 0);
}
