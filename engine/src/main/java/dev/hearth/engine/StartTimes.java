package dev.hearth.engine;

/// What happened when while an instance started, on the monotonic clock in nanoseconds; 0 where it is not known.
///
/// @param sandboxReady the sandbox was made
/// @param runtimeReady the runtime in it ran
/// @param codeLoaded   the function's code was loaded
/// @param initDone     it asked for its first event
record StartTimes(long sandboxReady, long runtimeReady, long codeLoaded, long initDone) {
    static final StartTimes UNKNOWN = new StartTimes(0, 0, 0, 0);
}
