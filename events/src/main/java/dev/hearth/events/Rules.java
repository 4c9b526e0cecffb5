package dev.hearth.events;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.RecordKind;
import dev.hearth.model.EventInvokeConfig;
import java.time.Duration;
import java.util.Optional;

/// What a function's owner configured for its asynchronous events.
///
/// @param maxRetries after the first attempt
/// @param maxAge     beyond it no attempt is made
/// @param onSuccess  ARN of where records of successes go
/// @param onFailure  ARN of where records of failures go
record Rules(int maxRetries, Duration maxAge, Optional<String> onSuccess, Optional<String> onFailure) {
    /// AWS's, where nothing is configured.
    static final Rules DEFAULT = new Rules(2, Duration.ofHours(6), Optional.empty(), Optional.empty());

    /// @param qualifier that the event was sent to: each has rules of its own
    static Rules of(Catalog catalog, String function, String qualifier) {
        return catalog.read(tx -> tx.find(RecordKind.EVENT_INVOKE, function, qualifier))
                .map(Rules::of)
                .orElse(DEFAULT);
    }

    static Rules of(EventInvokeConfig config) {
        return new Rules(
                config.maximumRetries().orElse(DEFAULT.maxRetries()),
                config.maximumAgeSeconds().map(Duration::ofSeconds).orElse(DEFAULT.maxAge()),
                config.onSuccess(),
                config.onFailure());
    }
}
