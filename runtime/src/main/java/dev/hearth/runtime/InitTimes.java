package dev.hearth.runtime;

/// When a function's process passed the milestones of its initialisation, on the host's monotonic clock
/// (`System.nanoTime()`) in nanoseconds; 0 where its runtime does not tell.
///
/// Our bootstraps send both with their first request for an event, as `Hearth-Runtime-Ready` and
/// `Hearth-Code-Loaded`. A runtime that booted before the sandbox was its function's tells a time before that.
///
/// @param runtimeReady when the language runtime ran the bootstrap's first line
/// @param codeLoaded   when the function's code was loaded and its handler found
public record InitTimes(long runtimeReady, long codeLoaded) {
    public static final InitTimes UNKNOWN = new InitTimes(0, 0);

    /// What is left of it when times are dropped that cannot be, being after `now` or in the wrong order.
    InitTimes until(long now) {
        long loaded = codeLoaded <= now ? codeLoaded : 0;
        long ready = runtimeReady <= (loaded == 0 ? now : loaded) ? runtimeReady : 0;
        return new InitTimes(ready, loaded);
    }
}
