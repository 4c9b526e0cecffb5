package dev.hearth.runtime;

import dev.hearth.model.Payload;
import java.util.Optional;

/// One event as a function receives it.
///
/// @param requestId           unique; only an answer that names it reaches the caller
/// @param deadlineEpochMillis when the invocation times out
/// @param invokedArn          the ARN the caller named
/// @param traceId             for `_X_AMZN_TRACE_ID`; empty for none
/// @param clientContext       JSON
/// @param cognitoIdentity     JSON
/// @param payload             the event itself
public record RuntimeEvent(
        String requestId,
        long deadlineEpochMillis,
        String invokedArn,
        String traceId,
        Optional<String> clientContext,
        Optional<String> cognitoIdentity,
        Payload payload) {
    @Override
    public String toString() {
        return "RuntimeEvent[" + requestId + ", " + payload.size() + " bytes]";
    }
}
