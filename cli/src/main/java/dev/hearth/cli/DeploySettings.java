package dev.hearth.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `deploy` that become settings of the function.
final class DeploySettings {
    private static final String DEFAULT_ROLE = "arn:aws:iam::000000000000:role/hearth";

    @Option(
            names = "--memory",
            paramLabel = "MB",
            description = "Memory in MB; CPU is in proportion to it (1,769 MB is one CPU).")
    @Nullable
    Integer memoryMb;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Longest run of one invocation.")
    @Nullable
    Integer timeoutSeconds;

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "An environment variable; may be repeated. What is given replaces all that the function has.")
    Map<String, String> environment = new LinkedHashMap<>();

    @Option(names = "--layer", paramLabel = "ARN", description = "A layer version; may be repeated, at most five.")
    List<String> layers = new ArrayList<>();

    @Option(names = "--role", paramLabel = "ARN", description = "The execution role; kept and shown, not used.")
    @Nullable
    String role;

    @Option(names = "--description", paramLabel = "TEXT", description = "What the function is for.")
    @Nullable
    String description;

    @Option(
            names = "--architecture",
            paramLabel = "NAME",
            description = "x86_64 or arm64; what the code is built for. Only for a new function.")
    @Nullable
    String architecture;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description =
                    "What the function can reach: none or outbound. Only for a new function; see docs/isolation.md.")
    @Nullable
    String network;

    /// The settings that were given, as fields of CreateFunction.
    Map<String, Object> forCreate() {
        Map<String, Object> fields = given();
        fields.putIfAbsent("Role", DEFAULT_ROLE);
        if (architecture != null) {
            fields.put("Architectures", List.of(architecture));
        }
        if (network != null) {
            fields.put("Tags", Map.of("hearth:network", network));
        }
        return fields;
    }

    /// The settings that were given and differ from what the function has, as fields of UpdateFunctionConfiguration.
    Map<String, Object> changes(Json function) {
        Map<String, Object> fields = given();
        fields.entrySet().removeIf(field -> isSame(function, field.getKey(), field.getValue()));
        return fields;
    }

    private Map<String, Object> given() {
        var fields = new LinkedHashMap<String, Object>();
        put(fields, "MemorySize", memoryMb);
        put(fields, "Timeout", timeoutSeconds);
        put(fields, "Role", role);
        put(fields, "Description", description);
        if (!environment.isEmpty()) {
            fields.put("Environment", Map.of("Variables", environment));
        }
        if (!layers.isEmpty()) {
            fields.put("Layers", layers);
        }
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        Optional.ofNullable(value).ifPresent(v -> fields.put(name, v));
    }

    private static boolean isSame(Json function, String name, Object wanted) {
        return switch (name) {
            case "MemorySize", "Timeout" ->
                Objects.equals(function.number(name).map(Long::intValue).orElse(-1), wanted);
            case "Environment" ->
                Objects.equals(function.get(name).get("Variables").value(), ((Map<?, ?>) wanted).get("Variables"));
            case "Layers" ->
                wanted.equals(function.get(name).items().stream()
                        .map(layer -> layer.textOrEmpty("Arn"))
                        .toList());
            default -> wanted.equals(function.textOrEmpty(name));
        };
    }
}
