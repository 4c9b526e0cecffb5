package dev.hearth.runtime;

/// When a function's handler ran, on the host's monotonic clock (`System.nanoTime()`) in nanoseconds; 0 where there
/// was no answer.
///
/// Our bootstraps send both with the answer, as `Hearth-Handler-Start` and `Hearth-Handler-End`. Where a runtime does
/// not tell (Go, Rust and other custom runtimes), or tells what cannot be, `start` is when the event was handed to its
/// connection and `end` when the answer was there whole.
public record HandlerTimes(long start, long end) {
    public static final HandlerTimes UNKNOWN = new HandlerTimes(0, 0);
}
