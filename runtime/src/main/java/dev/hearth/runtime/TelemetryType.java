package dev.hearth.runtime;

import java.util.Locale;
import java.util.Optional;

/// What an extension can subscribe to.
enum TelemetryType {
    /// What the platform does: starts, invocations, reports.
    PLATFORM,
    /// What the function, and internal extensions with it, write.
    FUNCTION,
    /// What external extensions write.
    EXTENSION;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<TelemetryType> of(String wireName) {
        return switch (wireName) {
            case "platform" -> Optional.of(PLATFORM);
            case "function" -> Optional.of(FUNCTION);
            case "extension" -> Optional.of(EXTENSION);
            default -> Optional.empty();
        };
    }
}
