package dev.hearth.model;

/// What happened when in one invocation, on the host's monotonic clock (`CLOCK_MONOTONIC`, in nanoseconds:
/// [System#nanoTime], Python's `time.monotonic_ns`, Node's `process.hrtime.bigint`). 0 where it did not happen or
/// cannot be known, as the handler's times in runtimes that do not tell them.
///
/// @param received     the request was read
/// @param assigned     it had an instance
/// @param sandboxReady the sandbox of a start that it waited for was made
/// @param runtimeReady the runtime in it ran
/// @param codeLoaded   the function's code was loaded
/// @param initDone     the function was initialised
/// @param handlerStart the handler was entered; where the runtime does not tell, the event was handed over
/// @param handlerEnd   the handler was left
/// @param responded    the answer was there
/// @param hiddenInit   how long the instance's initialisation took that no caller waited for
public record Timeline(
        long received,
        long assigned,
        long sandboxReady,
        long runtimeReady,
        long codeLoaded,
        long initDone,
        long handlerStart,
        long handlerEnd,
        long responded,
        long hiddenInit) {

    /// Of an invocation that no instance ran.
    public static Timeline notRun(long received) {
        return new Timeline(received, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /// From received until the handler was entered: what is visible of a start is this less a warm dispatch. 0 where
    /// no handler was entered.
    public long dispatchNanos() {
        return handlerStart == 0 ? 0 : Math.max(0, handlerStart - received);
    }
}
