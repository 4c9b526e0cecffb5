package dev.hearth.model;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a user configures of a function: everything about a version but its code and its life.
///
/// @param runtime             the runtime identifier, such as `python3.13`; checked at the edge
/// @param handler             the handler; empty for custom runtimes that were given none
/// @param role                the execution role's ARN; kept and shown
/// @param description         free text, at most 256 characters
/// @param timeout             longest run of one invocation
/// @param memory              memory limit; CPU share is proportional to it
/// @param environment         environment variables; secret, never logged
/// @param layers              layers in the order they are merged, at most five
/// @param ephemeralStorage    size of `/tmp`
/// @param architecture        the instruction set the code is built for
/// @param tracingMode         `Active` or `PassThrough`
/// @param logging             log format and group
/// @param snapStartApplyOn    `PublishedVersions` or `None`
/// @param deadLetterTargetArn where failed asynchronous events go
/// @param kmsKeyArn           kept and shown
/// @param vpc                 kept and shown
/// @param environmentShown    the user sent an environment, perhaps an empty one: AWS shows the member then
public record FunctionSettings(
        String runtime,
        String handler,
        String role,
        String description,
        Duration timeout,
        ByteSize memory,
        Map<String, String> environment,
        List<LayerRef> layers,
        ByteSize ephemeralStorage,
        Architecture architecture,
        String tracingMode,
        LoggingConfig logging,
        String snapStartApplyOn,
        Optional<String> deadLetterTargetArn,
        Optional<String> kmsKeyArn,
        Optional<VpcConfig> vpc,
        boolean environmentShown) {

    /// Settings whose environment is shown when it is not empty.
    public FunctionSettings(
            String runtime,
            String handler,
            String role,
            String description,
            Duration timeout,
            ByteSize memory,
            Map<String, String> environment,
            List<LayerRef> layers,
            ByteSize ephemeralStorage,
            Architecture architecture,
            String tracingMode,
            LoggingConfig logging,
            String snapStartApplyOn,
            Optional<String> deadLetterTargetArn,
            Optional<String> kmsKeyArn,
            Optional<VpcConfig> vpc) {
        this(
                runtime,
                handler,
                role,
                description,
                timeout,
                memory,
                environment,
                layers,
                ephemeralStorage,
                architecture,
                tracingMode,
                logging,
                snapStartApplyOn,
                deadLetterTargetArn,
                kmsKeyArn,
                vpc,
                !environment.isEmpty());
    }

    public FunctionSettings {
        environment = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        layers = List.copyOf(layers);
        environmentShown = environmentShown || !environment.isEmpty();
    }

    /// Whether published versions are restored from a snapshot of their initialised state.
    public boolean hasSnapStart() {
        return snapStartApplyOn.equals("PublishedVersions");
    }

    /// CPUs this memory setting buys: 1,769 MB is one, as AWS documents.
    public double cpus() {
        return memory.bytes() / (1_769.0 * 1_048_576.0);
    }

    public FunctionSettings withDescription(String newDescription) {
        return new FunctionSettings(
                runtime,
                handler,
                role,
                newDescription,
                timeout,
                memory,
                environment,
                layers,
                ephemeralStorage,
                architecture,
                tracingMode,
                logging,
                snapStartApplyOn,
                deadLetterTargetArn,
                kmsKeyArn,
                vpc,
                environmentShown);
    }

    public FunctionSettings withArchitecture(Architecture newArchitecture) {
        return new FunctionSettings(
                runtime,
                handler,
                role,
                description,
                timeout,
                memory,
                environment,
                layers,
                ephemeralStorage,
                newArchitecture,
                tracingMode,
                logging,
                snapStartApplyOn,
                deadLetterTargetArn,
                kmsKeyArn,
                vpc,
                environmentShown);
    }

    @Override
    public String toString() {
        return "FunctionSettings[runtime=%s, handler=%s, timeout=%s, memory=%s, environment=%d variables]"
                .formatted(runtime, handler, timeout, memory, environment.size());
    }
}
