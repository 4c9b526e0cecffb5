package dev.hearth.engine;

import dev.hearth.model.Clock;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import dev.hearth.model.Payload;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;

/// The invocations that standbys handle before they are parked, so that what a function does only when it is first
/// called is done before anybody calls. Nobody sees their answers; their logs are the function's own.
///
/// @param events the event that a version's package brings along
record Priming(Function<FunctionVersion, Optional<Payload>> events, Clock clock) {
    /// Empty for versions without an event.
    Optional<Invocation> invocation(FunctionVersion version) {
        return events.apply(version)
                .map(event -> new Invocation(
                        UUID.randomUUID().toString(),
                        version,
                        version.qualifiedArn(),
                        event,
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        OptionalInt.empty(),
                        clock.nanos()));
    }
}
