package dev.hearth.model;

import java.time.Duration;

/// How an invocation ended.
public sealed interface Outcome {
    /// The function answered.
    record Succeeded(Payload payload) implements Outcome {}

    /// The function reported an error, or broke: `payload` is the JSON error document AWS would send.
    ///
    /// @param errorType AWS's word for it, such as `Runtime.ExitError`, or the name of the exception
    record FunctionFailed(String errorType, Payload payload) implements Outcome {}

    /// The function ran longer than its time-out and was stopped.
    record TimedOut(Duration limit, Payload payload) implements Outcome {}

    /// Hearth could not run it: the message says what was tried and what to do.
    record SandboxFailed(ErrorCode code, String message) implements Outcome {}

    /// A limit kept it from running; nothing ran.
    record Throttled(ThrottleReason reason) implements Outcome {}

    /// The word metrics count it under.
    default String label() {
        return switch (this) {
            case Succeeded s -> "succeeded";
            case FunctionFailed f -> "function_failed";
            case TimedOut t -> "timed_out";
            case SandboxFailed s -> "sandbox_failed";
            case Throttled t -> "throttled";
        };
    }
}
