package dev.hearth.engine;

import dev.hearth.model.Architecture;
import dev.hearth.model.ByteSize;
import dev.hearth.model.CodeRef;
import dev.hearth.model.FunctionSettings;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
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
import java.util.OptionalInt;

/// Versions and invocations for tests.
final class Versions {
    private Versions() {}

    static FunctionVersion latest(String name) {
        return latest(name, "aa".repeat(32), Instant.EPOCH);
    }

    static FunctionVersion latest(String name, String sha256, Instant lastModified) {
        return latest(name, sha256, lastModified, Duration.ofSeconds(3));
    }

    static FunctionVersion latest(String name, String sha256, Instant lastModified, Duration timeout) {
        var settings = new FunctionSettings(
                "provided.al2023",
                "bootstrap",
                "arn:aws:iam::000000000000:role/r",
                "",
                timeout,
                ByteSize.ofMib(128),
                Map.of(),
                List.of(),
                ByteSize.ofMib(512),
                Architecture.X86_64,
                "PassThrough",
                LoggingConfig.text(name),
                "None",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new FunctionVersion(
                Scope.DEFAULT.function(name),
                FunctionVersion.LATEST,
                new CodeRef(sha256, 1),
                settings,
                VersionState.Active.INSTANCE,
                UpdateStatus.Successful.INSTANCE,
                "revision",
                lastModified);
    }

    static FunctionVersion numbered(FunctionVersion latest, String number) {
        return new FunctionVersion(
                latest.arn(),
                number,
                latest.code(),
                latest.settings(),
                latest.state(),
                latest.updateStatus(),
                "revision" + number,
                latest.lastModified());
    }

    /// The same with SnapStart for what is published of it.
    static FunctionVersion snapStarted(FunctionVersion version) {
        FunctionSettings from = version.settings();
        return version.withSettings(new FunctionSettings(
                from.runtime(),
                from.handler(),
                from.role(),
                from.description(),
                from.timeout(),
                from.memory(),
                from.environment(),
                from.layers(),
                from.ephemeralStorage(),
                from.architecture(),
                from.tracingMode(),
                from.logging(),
                "PublishedVersions",
                from.deadLetterTargetArn(),
                from.kmsKeyArn(),
                from.vpc()));
    }

    static Payload payload(String text) {
        return new Payload(text.getBytes(StandardCharsets.UTF_8));
    }

    static Invocation invocation(FunctionVersion version, String payload) {
        return invocation(version, payload, false, OptionalInt.empty());
    }

    static Invocation invocation(FunctionVersion version, String payload, boolean logTail, OptionalInt reserved) {
        return new Invocation(
                "request-" + payload,
                version,
                version.qualifiedArn(),
                new Payload(payload.getBytes(StandardCharsets.UTF_8)),
                "Root=1-0-0",
                Optional.empty(),
                Optional.empty(),
                logTail,
                reserved,
                System.nanoTime());
    }
}
