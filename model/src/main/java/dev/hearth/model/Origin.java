package dev.hearth.model;

/// Where the instance of an invocation came from: the rungs of the start ladder, cheapest first.
public enum Origin {
    /// An idle instance answered.
    WARM,
    /// A fresh runtime was booted.
    BOOT;

    /// The word in metrics and reports.
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
