package dev.hearth.runtime;

import java.util.Locale;

/// How a phase ended, in AWS's words.
public enum TelemetryStatus {
    SUCCESS,
    /// The function reported an error.
    ERROR,
    /// The runtime or an extension ended.
    FAILURE,
    TIMEOUT;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
