package dev.hearth.engine;

import dev.hearth.model.Outcome;
import dev.hearth.model.Payload;
import dev.hearth.runtime.ExtensionFailure;
import dev.hearth.runtime.Json;
import dev.hearth.sandbox.SandboxExit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/// What a caller is told when a function broke rather than answered: AWS's error documents, word for word
/// as recorded from the service.
final class FunctionErrors {
    static final String OUT_OF_MEMORY = "Runtime.OutOfMemory";
    static final String EXIT_ERROR = "Runtime.ExitError";
    static final String TIMED_OUT = "Sandbox.Timedout";
    static final String TOO_LARGE = "Function.ResponseSizeTooLarge";

    private FunctionErrors() {}

    static Outcome.TimedOut timedOut(String requestId, Duration limit) {
        return new Outcome.TimedOut(
                limit, document(TIMED_OUT, withId(requestId, "Task timed out after " + seconds(limit))));
    }

    /// The function did not finish its initialisation in time.
    static Outcome.FunctionFailed initTimedOut(String requestId, Duration limit) {
        return failed(TIMED_OUT, withId(requestId, "Initialization timed out after " + seconds(limit)));
    }

    /// There was nothing to start.
    static Outcome.FunctionFailed unstartable(String requestId, String errorType, String message) {
        return failed(errorType, withId(requestId, message));
    }

    static Outcome.FunctionFailed tooLarge(long limitBytes) {
        return failed(
                TOO_LARGE, "Response payload size exceeded maximum allowed payload size (" + limitBytes + " bytes).");
    }

    static Outcome.FunctionFailed exited(String requestId, SandboxExit exit) {
        return failed(exitType(exit), exitLine(requestId, exit));
    }

    /// An extension ended the instance.
    static Outcome.FunctionFailed extensionFailed(String requestId, ExtensionFailure failure) {
        return failed(failure.errorType(), withId(requestId, failure.message()));
    }

    static String exitType(SandboxExit exit) {
        return exit instanceof SandboxExit.OutOfMemory ? OUT_OF_MEMORY : EXIT_ERROR;
    }

    /// `RequestId: … Error: Runtime exited with error: exit status 1`
    static String exitLine(String requestId, SandboxExit exit) {
        return withId(
                requestId,
                switch (exit) {
                    case SandboxExit.Exited(int code)
                    when code != 0 -> "Runtime exited with error: exit status " + code;
                    case SandboxExit.Exited e -> "Runtime exited without providing a reason";
                    case SandboxExit.Signalled(int signal) ->
                        "Runtime exited with error: signal: " + signalName(signal);
                    case SandboxExit.OutOfMemory o -> "Runtime exited with error: signal: killed";
                    case SandboxExit.NotStarted n -> "Runtime exited without providing a reason";
                    case SandboxExit.Closed c -> "Runtime exited without providing a reason";
                });
    }

    static Outcome.FunctionFailed failed(String errorType, String message) {
        return new Outcome.FunctionFailed(errorType, document(errorType, message));
    }

    /// `3.00 seconds`
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f seconds", duration.toMillis() / 1000.0);
    }

    private static String withId(String requestId, String message) {
        return "RequestId: " + requestId + " Error: " + message;
    }

    private static Payload document(String errorType, String message) {
        String json = "{\"errorType\":" + Json.quote(errorType) + ",\"errorMessage\":" + Json.quote(message) + "}";
        return new Payload(json.getBytes(StandardCharsets.UTF_8));
    }

    /// Go's words for signals, which AWS's messages use.
    private static String signalName(int signal) {
        return switch (signal) {
            case 4 -> "illegal instruction";
            case 6 -> "aborted";
            case 7 -> "bus error";
            case 8 -> "floating point exception";
            case 9 -> "killed";
            case 11 -> "segmentation fault";
            case 13 -> "broken pipe";
            case 15 -> "terminated";
            default -> "signal " + signal;
        };
    }
}
