package dev.hearth.model;

/// Why an invocation was not run, in AWS's words (`Reason` of TooManyRequestsException).
public enum ThrottleReason {
    RESERVED_CONCURRENCY("ReservedFunctionConcurrentInvocationLimitExceeded"),
    ACCOUNT_CONCURRENCY("ConcurrentInvocationLimitExceeded"),
    QUEUE_FULL("ConcurrentInvocationLimitExceeded");

    private final String awsReason;

    ThrottleReason(String awsReason) {
        this.awsReason = awsReason;
    }

    public String awsReason() {
        return awsReason;
    }
}
