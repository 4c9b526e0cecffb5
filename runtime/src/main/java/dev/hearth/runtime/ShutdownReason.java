package dev.hearth.runtime;

/// Why an instance ends, as its extensions are told.
public enum ShutdownReason {
    /// Nobody needs it any more.
    SPINDOWN("spindown"),
    /// An invocation did not end in time.
    TIMEOUT("timeout"),
    /// The runtime, the function or an extension failed.
    FAILURE("failure");

    private final String wireName;

    ShutdownReason(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}
