package dev.hearth.model;

/// Why an invocation found no idle instance.
public enum StartCause {
    /// The version had never had an instance since this server started.
    FIRST,
    /// Its instances had been given up for want of memory, or were frozen.
    RECOLD,
    /// All its instances were busy.
    SCALE_UP,
    /// The instance before it crashed, timed out or could not be started.
    AFTER_CRASH;

    /// The word in metrics and reports.
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
