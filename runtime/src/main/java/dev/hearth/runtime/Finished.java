package dev.hearth.runtime;

/// The answer to an event and when it came, on the monotonic clock.
///
/// @param deliveredNanos when the runtime got the event
/// @param begunNanos     when it began to answer
/// @param endedNanos     when the answer was there whole
record Finished(String requestId, Answer answer, long deliveredNanos, long begunNanos, long endedNanos) {
    TelemetryStatus status() {
        return switch (answer) {
            case Answer.Response _ -> TelemetryStatus.SUCCESS;
            case Answer.Error _, Answer.TooLarge _ -> TelemetryStatus.ERROR;
            case Answer.TimedOut _ -> TelemetryStatus.TIMEOUT;
            case Answer.Disconnected _ -> TelemetryStatus.FAILURE;
        };
    }

    String errorType() {
        return switch (answer) {
            case Answer.Error(String type, var _) -> type.isEmpty() ? "Runtime.Unknown" : type;
            case Answer.TooLarge _ -> "Function.ResponseSizeTooLarge";
            case Answer.Response _, Answer.TimedOut _, Answer.Disconnected _ -> "";
        };
    }

    /// Negative where it is not known: of streamed answers.
    long producedBytes() {
        return switch (answer) {
            case Answer.Response(var payload) -> payload.size() == 0 ? -1 : payload.size();
            case Answer.Error(var _, var payload) -> payload.size();
            case Answer.TooLarge _, Answer.TimedOut _, Answer.Disconnected _ -> -1;
        };
    }
}
