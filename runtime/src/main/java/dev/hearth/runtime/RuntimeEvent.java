package dev.hearth.runtime;

import dev.hearth.model.Payload;
import dev.hearth.model.ResponseSink;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
/// @param sink                takes the answer as it comes, where the function streams it; null where it is wanted
/// whole
public record RuntimeEvent(
        String requestId,
        long deadlineEpochMillis,
        String invokedArn,
        String traceId,
        Optional<String> clientContext,
        Optional<String> cognitoIdentity,
        Payload payload,
        Optional<Hook> hook,
        boolean forks,
        @Nullable ResponseSink sink) {
    /// An event for the handler, whose answer is wanted whole.
    public RuntimeEvent(
            String requestId,
            long deadlineEpochMillis,
            String invokedArn,
            String traceId,
            Optional<String> clientContext,
            Optional<String> cognitoIdentity,
            Payload payload) {
        this(requestId, deadlineEpochMillis, invokedArn, traceId, clientContext, cognitoIdentity, payload, null);
    }

    /// An event for the handler.
    public RuntimeEvent(
            String requestId,
            long deadlineEpochMillis,
            String invokedArn,
            String traceId,
            Optional<String> clientContext,
            Optional<String> cognitoIdentity,
            Payload payload,
            @Nullable ResponseSink sink) {
        this(
                requestId,
                deadlineEpochMillis,
                invokedArn,
                traceId,
                clientContext,
                cognitoIdentity,
                payload,
                Optional.empty(),
                false,
                sink);
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
                false,
                null);
    }

    /// The event that has a zygote fork.
    static RuntimeEvent fork(String requestId, Payload command) {
        return new RuntimeEvent(
                requestId, 0, "", "", Optional.empty(), Optional.empty(), command, Optional.empty(), true, null);
    }

    @Override
    public String toString() {
        return "RuntimeEvent[" + requestId + ", " + payload.size() + " bytes]";
    }
}
