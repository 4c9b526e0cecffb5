package dev.hearth.events;

import dev.hearth.model.Architecture;
import dev.hearth.model.AsyncInvocation;
import dev.hearth.model.ByteSize;
import dev.hearth.model.CodeRef;
import dev.hearth.model.FunctionSettings;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.LoggingConfig;
import dev.hearth.model.Payload;
import dev.hearth.model.Scope;
import dev.hearth.model.UpdateStatus;
import dev.hearth.model.VersionState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Functions and events.
final class Samples {
    static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
    static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";

    private Samples() {}

    static FunctionVersion function(String name, String version, Optional<String> deadLetterTarget) {
        return new FunctionVersion(
                Scope.DEFAULT.function(name),
                version,
                new CodeRef("%064x".formatted(1), 100),
                settings(name, deadLetterTarget),
                VersionState.Active.INSTANCE,
                UpdateStatus.Successful.INSTANCE,
                "revision",
                TIME);
    }

    private static FunctionSettings settings(String name, Optional<String> deadLetterTarget) {
        return new FunctionSettings(
                "python3.13",
                "app.handler",
                "arn:aws:iam::000000000000:role/r",
                "",
                Duration.ofSeconds(3),
                ByteSize.ofMib(128),
                Map.of(),
                List.of(),
                ByteSize.ofMib(512),
                Architecture.X86_64,
                "PassThrough",
                LoggingConfig.text(name),
                "None",
                deadLetterTarget,
                Optional.empty(),
                Optional.empty());
    }

    static AsyncInvocation call(String id, String function, String payload) {
        return call(id, function, FunctionVersion.LATEST, payload);
    }

    static AsyncInvocation call(String id, String function, String qualifier, String payload) {
        return new AsyncInvocation(
                id,
                function,
                qualifier,
                ARN + function,
                new Payload(payload.getBytes(StandardCharsets.UTF_8)),
                "Root=1-2-3",
                Optional.empty());
    }

    static StoredEvent event(String id, String function) {
        return new StoredEvent(call(id, function, "{}"), TIME, 0, Optional.empty());
    }

    /// A waiting event.
    static Ticket ticket(long sequence, String function, Instant due) {
        return new Ticket(
                sequence,
                event("id-" + sequence, function),
                Standing.fresh(TIME).dueAt(due));
    }
}
