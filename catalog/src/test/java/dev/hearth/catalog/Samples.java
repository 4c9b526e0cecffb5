package dev.hearth.catalog;

import dev.hearth.model.Architecture;
import dev.hearth.model.ByteSize;
import dev.hearth.model.CodeRef;
import dev.hearth.model.FunctionAlias;
import dev.hearth.model.FunctionSettings;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.LayerRef;
import dev.hearth.model.LayerVersion;
import dev.hearth.model.LoggingConfig;
import dev.hearth.model.Scope;
import dev.hearth.model.UpdateStatus;
import dev.hearth.model.VersionState;
import dev.hearth.model.VpcConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Records as the API would put them into the catalog.
final class Samples {
    static final Instant TIME = Instant.parse("2026-03-04T05:06:07.891Z");

    private Samples() {}

    static CodeRef code(int seed) {
        return new CodeRef("%064x".formatted(seed), 100 + seed);
    }

    static FunctionVersion latest(String name) {
        return version(name, FunctionVersion.LATEST);
    }

    static FunctionVersion version(String name, String version) {
        return new FunctionVersion(
                Scope.DEFAULT.function(name),
                version,
                code(1),
                settings(name),
                VersionState.Active.INSTANCE,
                UpdateStatus.Successful.INSTANCE,
                "revision-1",
                TIME);
    }

    static FunctionAlias alias(String name, String alias, String version, Map<String, Double> weights) {
        return new FunctionAlias(Scope.DEFAULT.function(name), alias, version, "an alias", weights, "revision-2");
    }

    static LayerVersion layer(String name, long version) {
        return new LayerVersion(
                Scope.DEFAULT.layer(name),
                version,
                "a layer",
                code(200),
                List.of("python3.13", "nodejs22.x"),
                List.of(Architecture.X86_64, Architecture.ARM64),
                Optional.of("MIT"),
                TIME);
    }

    static FunctionSettings settings(String name) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("ZULU", "last letter, first \"line\" – ünïcödé 🔥");
        environment.put("ALPHA", "");
        return new FunctionSettings(
                "python3.13",
                "app.handler",
                "arn:aws:iam::000000000000:role/r",
                "described",
                Duration.ofSeconds(3),
                ByteSize.ofMib(128),
                environment,
                List.of(new LayerRef(Scope.DEFAULT.layer("deps").version(7), code(300))),
                ByteSize.ofMib(512),
                Architecture.X86_64,
                "PassThrough",
                LoggingConfig.text(name),
                "None",
                Optional.of("arn:aws:sqs:us-east-1:000000000000:q"),
                Optional.empty(),
                Optional.of(new VpcConfig(List.of("subnet-1"), List.of("sg-1"), false)));
    }
}
