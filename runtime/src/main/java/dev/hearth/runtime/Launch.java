package dev.hearth.runtime;

/// Whether and how a function's process can be started.
public sealed interface Launch {
    /// It can.
    record Planned(LaunchPlan plan) implements Launch {}

    /// What runs it is not installed here; the remedy says what to install.
    record RuntimeMissing(String remedy) implements Launch {}

    /// Its package has nothing to start.
    ///
    /// @param errorType AWS's word, `Runtime.InvalidEntrypoint`
    /// @param message   AWS's words, without the `RequestId: … Error: ` that AWS puts before them
    record InvalidEntrypoint(String errorType, String message) implements Launch {}
}
