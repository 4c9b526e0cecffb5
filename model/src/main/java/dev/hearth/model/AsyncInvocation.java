package dev.hearth.model;

import java.util.Optional;

/// One call of a function whose caller does not wait for its answer, parsed and found to lead to a function.
///
/// @param requestId     unique; returned to the caller and shown to the function at every attempt
/// @param function      the function's name
/// @param qualifier     `$LATEST`, a version's number or an alias; followed anew at every attempt
/// @param invokedArn    the ARN the caller named, with the qualifier it used
/// @param payload       the event
/// @param traceId       value for `Lambda-Runtime-Trace-Id` and `_X_AMZN_TRACE_ID`
/// @param clientContext JSON of the caller's client context, decoded from Base64
public record AsyncInvocation(
        String requestId,
        String function,
        String qualifier,
        String invokedArn,
        Payload payload,
        String traceId,
        Optional<String> clientContext) {

    @Override
    public String toString() {
        return "AsyncInvocation[" + requestId + " of " + invokedArn + ", " + payload.size() + " bytes]";
    }
}
