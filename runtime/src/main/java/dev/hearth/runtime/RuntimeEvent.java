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
/// @param hook                the hooks to run instead of the handler
/// @param forks               whether it is for the bootstrap alone, which forks; see [Zygote]
public record RuntimeEvent(
        String requestId,
        long deadlineEpochMillis,
        String invokedArn,
        String traceId,
        Optional<String> clientContext,
        Optional<String> cognitoIdentity,
        Payload payload,
        Optional<Hook> hook,
        boolean forks) {
    /// An event for the handler.
    public RuntimeEvent(
            String requestId,
            long deadlineEpochMillis,
            String invokedArn,
            String traceId,
            Optional<String> clientContext,
            Optional<String> cognitoIdentity,
            Payload payload) {
        this(
                requestId,
                deadlineEpochMillis,
                invokedArn,
                traceId,
                clientContext,
                cognitoIdentity,
                payload,
                Optional.empty(),
                false);
    }

    /// The event that has a function's hooks run.
    static RuntimeEvent of(Hook hook, long deadlineEpochMillis) {
        return new RuntimeEvent(
                hook.wireName(),
                deadlineEpochMillis,
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                Payload.EMPTY,
                Optional.of(hook),
                false);
    }

    /// The event that has a zygote fork.
    static RuntimeEvent fork(String requestId, Payload command) {
        return new RuntimeEvent(
                requestId, 0, "", "", Optional.empty(), Optional.empty(), command, Optional.empty(), true);
    }

    @Override
    public String toString() {
        return "RuntimeEvent[" + requestId + ", " + payload.size() + " bytes]";
    }
}
