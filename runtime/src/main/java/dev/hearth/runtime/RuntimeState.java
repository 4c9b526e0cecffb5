package dev.hearth.runtime;

/// Where the process in a sandbox is, as far as its calls tell.
///
/// ```
/// STARTED ──► READY ──► RESPONSE or ERROR_RESPONSE ──► SENT ──► READY …
///    └──► INIT_ERROR
/// ```
enum RuntimeState {
    /// It has not asked for anything yet.
    STARTED("Started"),
    /// It reported that its initialisation failed.
    INIT_ERROR("InitError"),
    /// It has asked for an event, or works on one.
    READY("Ready"),
    /// It is sending a response.
    RESPONSE("InvocationResponse"),
    /// It is sending an error.
    ERROR_RESPONSE("InvocationErrorResponse"),
    /// It has answered and not yet asked again.
    SENT("RuntimeResponseSentState");

    private final String awsName;

    RuntimeState(String awsName) {
        this.awsName = awsName;
    }

    /// The name in AWS's error messages.
    String awsName() {
        return awsName;
    }
}
