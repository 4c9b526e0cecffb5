package dev.hearth.model;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// One call of a function, parsed and resolved: what the edge hands to the engine.
///
/// @param requestId       unique; returned to the caller and shown to the function
/// @param version         the version to run
/// @param invokedArn      the ARN the caller named, with the qualifier it used
/// @param payload         the event
/// @param traceId         value for `Lambda-Runtime-Trace-Id` and `_X_AMZN_TRACE_ID`
/// @param clientContext   JSON of the caller's client context, decoded from Base64
/// @param cognitoIdentity JSON of the caller's identity
/// @param logTail         the caller asked for the end of the log
/// @param reservedConcurrency the function's reservation, where it has one
/// @param receivedNanos   monotonic time at which the request was read
/// @param sink            takes the answer as it is written, where the caller wants it so and the function can; null
///                        for one that is wanted whole
public record Invocation(
        String requestId,
        FunctionVersion version,
        String invokedArn,
        Payload payload,
        String traceId,
        Optional<String> clientContext,
        Optional<String> cognitoIdentity,
        boolean logTail,
        OptionalInt reservedConcurrency,
        long receivedNanos,
        @Nullable ResponseSink sink) {

    /// An invocation whose answer is wanted whole.
    public Invocation(
            String requestId,
            FunctionVersion version,
            String invokedArn,
            Payload payload,
            String traceId,
            Optional<String> clientContext,
            Optional<String> cognitoIdentity,
            boolean logTail,
            OptionalInt reservedConcurrency,
            long receivedNanos) {
        this(
                requestId,
                version,
                invokedArn,
                payload,
                traceId,
                clientContext,
                cognitoIdentity,
                logTail,
                reservedConcurrency,
                receivedNanos,
                null);
    }

    @Override
    public String toString() {
        return "Invocation[" + requestId + " of " + version.qualifiedArn() + ", " + payload.size() + " bytes]";
    }
}
