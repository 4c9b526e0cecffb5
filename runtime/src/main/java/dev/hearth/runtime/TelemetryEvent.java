package dev.hearth.runtime;

import java.util.List;

/// What subscribers are told; [TelemetryJson] says how. Error types are empty where there was no error, trace ids where
/// there is no trace. Source: the developer guide's "Telemetry API event schema reference".
sealed interface TelemetryEvent {
    /// Who gets it.
    default TelemetryType type() {
        return TelemetryType.PLATFORM;
    }

    /// How long a part took.
    record Span(String name, long startEpochMillis, long nanos) {}

    /// The initialisation has begun.
    record InitStart(String functionName, String functionVersion, String instanceId, long memoryBytes)
            implements TelemetryEvent {}

    /// The runtime is initialised, or has failed to be.
    record InitRuntimeDone(TelemetryStatus status, String errorType) implements TelemetryEvent {}

    /// The runtime and all extensions are.
    record InitReport(TelemetryStatus status, String errorType, long nanos) implements TelemetryEvent {}

    /// How far an extension is.
    record ExtensionState(String name, String state, List<String> events) implements TelemetryEvent {}

    /// An extension has subscribed.
    record Subscribed(String name, List<TelemetryType> types) implements TelemetryEvent {}

    /// An invocation has begun.
    record Start(String requestId, String version, String traceId) implements TelemetryEvent {}

    /// The runtime is done with it.
    ///
    /// @param producedBytes of the answer; negative where that is not known
    record RuntimeDone(
            String requestId,
            TelemetryStatus status,
            String errorType,
            long nanos,
            long producedBytes,
            List<Span> spans,
            String traceId)
            implements TelemetryEvent {}

    /// It is over. Told by the Logs API alone.
    record End(String requestId) implements TelemetryEvent {}

    /// What it took.
    ///
    /// @param initNanos of the initialisation before it, 0 for none
    record Report(
            String requestId,
            TelemetryStatus status,
            String errorType,
            long nanos,
            long memoryMib,
            long peakMib,
            long initNanos,
            List<Span> spans,
            String traceId)
            implements TelemetryEvent {}

    /// Something went wrong. Told by the Logs API alone.
    record Fault(String message) implements TelemetryEvent {}

    /// The subscriber did not keep up.
    record Dropped(long records, long bytes) implements TelemetryEvent {}

    /// A line that somebody wrote.
    ///
    /// @param type `FUNCTION` or `EXTENSION`
    record Line(TelemetryType type, String text) implements TelemetryEvent {}
}
