package dev.hearth.model;

/// Where the instance of an invocation came from: the rungs of the start ladder, cheapest first.
public enum Origin {
    /// An idle instance answered.
    WARM,
    /// A frozen standby was thawed.
    THAW,
    /// A frozen standby whose memory had been reclaimed was thawed; what it touched came back from swap.
    PAGEIN,
    /// An initialised process of the version forked.
    FORK,
    /// A booted runtime that belonged to no function loaded the function's code.
    STEM,
    /// A checkpoint of an initialised process was restored.
    RESTORE,
    /// A fresh runtime was booted.
    BOOT;

    /// Whether an instance was made, and not one woken that there was.
    public boolean isStart() {
        return this == FORK || this == STEM || this == RESTORE || this == BOOT;
    }

    /// The word in metrics and reports.
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
