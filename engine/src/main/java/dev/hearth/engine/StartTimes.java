package dev.hearth.engine;

import dev.hearth.runtime.InitTimes;

/// What happened when while an instance started, on the monotonic clock in nanoseconds; 0 where it is not known.
///
/// @param sandboxReady the sandbox was made
/// @param runtimeReady the runtime in it ran
/// @param codeLoaded   the function's code was loaded
/// @param initDone     it asked for its first event
record StartTimes(long sandboxReady, long runtimeReady, long codeLoaded, long initDone) {
    static final StartTimes UNKNOWN = new StartTimes(0, 0, 0, 0);

    /// With what a runtime tells that may have gone on before the server had looked at the clock.
    static StartTimes of(long sandboxReady, InitTimes told, long initDone) {
        return new StartTimes(
                sandboxReady,
                notBefore(sandboxReady, told.runtimeReady()),
                notBefore(sandboxReady, told.codeLoaded()),
                initDone);
    }

    private static long notBefore(long least, long told) {
        return told == 0 ? 0 : Math.max(least, told);
    }
}
