package dev.hearth.engine;

import dev.hearth.model.ErrorCode;
import dev.hearth.model.Outcome;
import dev.hearth.model.Payload;
import dev.hearth.runtime.ExtensionFailure;
import dev.hearth.sandbox.SandboxExit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why an instance could not be started.
sealed interface StartFailure {
    /// The function reported an error while it initialised.
    record InitFailed(String errorType, Payload payload) implements StartFailure {}

    /// There is nothing in the package that could be started.
    record Unstartable(String errorType, String message) implements StartFailure {}

    /// It did not finish initialising in time.
    record InitTimedOut(Duration limit) implements StartFailure {}

    /// An extension failed before all were initialised.
    record ExtensionFailed(ExtensionFailure failure) implements StartFailure {}

    /// Its process ended before it was initialised.
    record Exited(SandboxExit exit) implements StartFailure {}

    /// The host could not provide a sandbox, or the code is not there.
    record HostFailed(String message, @Nullable Throwable cause) implements StartFailure {}

    /// The failure of a process that ended before it was initialised: the function's own, or the host's where
    /// the sandbox never came up.
    static StartFailure of(SandboxExit exit) {
        return exit instanceof SandboxExit.NotStarted(String message)
                ? new HostFailed("The sandbox did not come up: " + message, null)
                : new Exited(exit);
    }

    /// What an invocation that waited for the instance is answered.
    default Outcome outcomeFor(String requestId) {
        return switch (this) {
            case InitFailed(String type, Payload payload) -> new Outcome.FunctionFailed(type, payload);
            case Unstartable(String type, String message) -> FunctionErrors.unstartable(requestId, type, message);
            case InitTimedOut(Duration limit) -> FunctionErrors.initTimedOut(requestId, limit);
            case ExtensionFailed(ExtensionFailure failure) -> FunctionErrors.extensionFailed(requestId, failure);
            case Exited(SandboxExit exit) -> FunctionErrors.exited(requestId, exit);
            case HostFailed(String message, Throwable cause) -> new Outcome.SandboxFailed(ErrorCode.SERVICE, message);
        };
    }

    /// The word metrics count it under.
    default String label() {
        return switch (this) {
            case InitFailed(String type, Payload payload) -> type;
            case Unstartable(String type, String message) -> type;
            case InitTimedOut t -> FunctionErrors.TIMED_OUT;
            case ExtensionFailed(ExtensionFailure failure) -> failure.errorType();
            case Exited(SandboxExit exit) -> FunctionErrors.exitType(exit);
            case HostFailed h -> "HostFailed";
        };
    }
}
