package dev.hearth.runtime;

import dev.hearth.model.Architecture;
import dev.hearth.model.ByteSize;
import dev.hearth.model.CodeRef;
import dev.hearth.model.FunctionSettings;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.LoggingConfig;
import dev.hearth.model.Scope;
import dev.hearth.model.UpdateStatus;
import dev.hearth.model.VersionState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Function versions for tests.
final class Versioned {
    private Versioned() {}

    static FunctionVersion of(String runtime, String handler, Map<String, String> environment) {
        FunctionSettings settings = new FunctionSettings(
                runtime,
                handler,
                "arn:aws:iam::000000000000:role/r",
                "",
                Duration.ofSeconds(3),
                ByteSize.ofMib(512),
                environment,
                List.of(),
                ByteSize.ofMib(512),
                Architecture.X86_64,
                "PassThrough",
                new LoggingConfig("JSON", "/aws/lambda/fn", Optional.of("DEBUG"), Optional.empty()),
                "None",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new FunctionVersion(
                Scope.DEFAULT.function("fn"),
                FunctionVersion.LATEST,
                new CodeRef("00", 1),
                settings,
                VersionState.Active.INSTANCE,
                UpdateStatus.Successful.INSTANCE,
                "revision",
                Instant.EPOCH);
    }
}
