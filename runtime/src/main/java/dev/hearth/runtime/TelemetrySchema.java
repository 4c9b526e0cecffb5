package dev.hearth.runtime;

import java.util.Arrays;
import java.util.Optional;

/// What events look like, by the version that a subscription names.
enum TelemetrySchema {
    LOGS_2020_08_15(TelemetryApi.LOGS, "2020-08-15"),
    /// Tells too when the runtime is done.
    LOGS_2021_03_18(TelemetryApi.LOGS, "2021-03-18"),
    V2022_07_01(TelemetryApi.TELEMETRY, "2022-07-01"),
    /// What functions log as JSON is JSON, and no text.
    V2022_12_13(TelemetryApi.TELEMETRY, "2022-12-13"),
    V2025_01_29(TelemetryApi.TELEMETRY, "2025-01-29");

    final TelemetryApi api;
    final String version;

    TelemetrySchema(TelemetryApi api, String version) {
        this.api = api;
        this.version = version;
    }

    static Optional<TelemetrySchema> of(TelemetryApi api, String version) {
        return Arrays.stream(values())
                .filter(schema -> schema.api == api && schema.version.equals(version))
                .findAny();
    }
}
