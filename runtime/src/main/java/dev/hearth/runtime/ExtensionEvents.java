package dev.hearth.runtime;

/// The events of extensions as JSON.
final class ExtensionEvents {
    private ExtensionEvents() {}

    static String invoke(RuntimeEvent event) {
        return "{\"eventType\":\"INVOKE\",\"deadlineMs\":" + event.deadlineEpochMillis() + ",\"requestId\":"
                + Json.quote(event.requestId()) + ",\"invokedFunctionArn\":" + Json.quote(event.invokedArn())
                + ",\"tracing\":{\"type\":\"X-Amzn-Trace-Id\",\"value\":" + Json.quote(event.traceId()) + "}}";
    }

    static String shutdown(ShutdownReason reason, long deadlineEpochMillis) {
        return "{\"eventType\":\"SHUTDOWN\",\"deadlineMs\":" + deadlineEpochMillis + ",\"shutdownReason\":\""
                + reason.wireName() + "\"}";
    }
}
