package dev.hearth.lambdaapi;

import dev.hearth.model.Architecture;
import dev.hearth.model.ByteSize;
import dev.hearth.model.FunctionSettings;
import dev.hearth.model.LayerRef;
import dev.hearth.model.LoggingConfig;
import dev.hearth.model.VpcConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The settings a CreateFunction or UpdateFunctionConfiguration names; what is empty stays as it is.
record SettingsChange(
        Optional<String> runtime,
        Optional<String> handler,
        Optional<String> role,
        Optional<String> description,
        Optional<Duration> timeout,
        Optional<ByteSize> memory,
        Optional<Map<String, String>> environment,
        Optional<List<String>> layers,
        Optional<ByteSize> ephemeralStorage,
        Optional<Architecture> architecture,
        Optional<String> tracingMode,
        Optional<Logging> logging,
        Optional<String> snapStartApplyOn,
        Optional<String> deadLetterTargetArn,
        Optional<String> kmsKeyArn,
        Optional<VpcConfig> vpc) {

    /// The members of `LoggingConfig`.
    record Logging(
            Optional<String> format,
            Optional<String> logGroup,
            Optional<String> applicationLogLevel,
            Optional<String> systemLogLevel) {

        LoggingConfig applyTo(LoggingConfig base) {
            String newFormat = format.orElse(base.format());
            String group = logGroup.orElse(base.logGroup());
            if (newFormat.equals("Text")) {
                return new LoggingConfig(newFormat, group, Optional.empty(), Optional.empty());
            }
            return new LoggingConfig(
                    newFormat,
                    group,
                    Optional.of(
                            applicationLogLevel.or(base::applicationLogLevel).orElse("INFO")),
                    Optional.of(systemLogLevel.or(base::systemLogLevel).orElse("INFO")));
        }
    }

    /// AWS's defaults for a new function.
    static FunctionSettings defaults(String functionName) {
        return new FunctionSettings(
                "",
                "",
                "",
                "",
                Duration.ofSeconds(3),
                ByteSize.ofMib(128),
                Map.of(),
                List.of(),
                ByteSize.ofMib(512),
                Architecture.X86_64,
                "PassThrough",
                LoggingConfig.text(functionName),
                "None",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// @param resolvedLayers what the layer ARNs of this change, or else of `base`, stand for
    FunctionSettings applyTo(FunctionSettings base, List<LayerRef> resolvedLayers) {
        return new FunctionSettings(
                runtime.orElse(base.runtime()),
                handler.orElse(base.handler()),
                role.orElse(base.role()),
                description.orElse(base.description()),
                timeout.orElse(base.timeout()),
                memory.orElse(base.memory()),
                environment.orElse(base.environment()),
                resolvedLayers,
                ephemeralStorage.orElse(base.ephemeralStorage()),
                architecture.orElse(base.architecture()),
                tracingMode.orElse(base.tracingMode()),
                logging.map(change -> change.applyTo(base.logging())).orElse(base.logging()),
                snapStartApplyOn.orElse(base.snapStartApplyOn()),
                unlessEmpty(deadLetterTargetArn, base.deadLetterTargetArn()),
                unlessEmpty(kmsKeyArn, base.kmsKeyArn()),
                vpc.or(base::vpc),
                environment.isPresent() || base.environmentShown());
    }

    /// An empty ARN takes the setting away.
    private static Optional<String> unlessEmpty(Optional<String> change, Optional<String> base) {
        return change.isPresent() ? change.filter(arn -> !arn.isEmpty()) : base;
    }

    @Override
    public String toString() {
        return "SettingsChange[runtime=%s, handler=%s]".formatted(runtime, handler);
    }
}
