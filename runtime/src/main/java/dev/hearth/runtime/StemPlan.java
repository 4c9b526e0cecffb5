package dev.hearth.runtime;

import dev.hearth.model.FunctionSettings;
import dev.hearth.sandbox.Mount;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// How a stem is started: a runtime with its bootstrap that becomes a function later. It has nothing of any function's
/// own: equal plans make stems for all functions that they were derived from.
///
/// @param command     as the function's
/// @param environment what the runtime reads when it starts, with the values that functions have who set none of it
/// @param mounts      the runtime and the bootstrap
public record StemPlan(List<String> command, Map<String, String> environment, List<Mount> mounts) {
    /// Where the function's own is mounted later.
    public static final List<String> MOUNT_POINTS = Stream.concat(
                    PackageBytecode.mountPoints("/var/task", "/opt").stream(), Stream.of(NodeFunctions.MOUNT_POINT))
            .toList();

    /// Tells the bootstrap.
    private static final String VARIABLE = "HEARTH_STEM";

    /// Read by the runtime, its libraries or the loader before a function's code runs.
    private static final Set<String> READ_AT_START =
            Set.of("PATH", "LANG", "LANGUAGE", "TZDIR", "TMPDIR", "HOME", "PWD", "AWS_LAMBDA_EXEC_WRAPPER");

    private static final List<String> READ_AT_START_PREFIXES = List.of(
            "HEARTH_",
            "LC_",
            "LD_",
            "PYTHON",
            "NODE_",
            "UV_",
            "V8_",
            "SSL_",
            "OPENSSL_",
            "MALLOC_",
            "GLIBC_",
            "GCONV_");

    private static final Set<RuntimeId.Family> FAMILIES = Set.of(RuntimeId.Family.PYTHON, RuntimeId.Family.NODE);

    public StemPlan {
        command = List.copyOf(command);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        mounts = List.copyOf(mounts);
    }

    /// The stem that could become a function; empty where none can, because of its runtime, or of what its start has of
    /// its own: extensions, a wrapper, a variable that the runtime reads when it starts, or one that
    /// no process can have.
    public static Optional<StemPlan> of(FunctionSettings settings, LaunchPlan plan) {
        boolean possible = RuntimeId.of(settings.runtime())
                        .filter(id -> FAMILIES.contains(id.family()))
                        .isPresent()
                && plan.extensions().isEmpty()
                && settings.environment().keySet().stream().noneMatch(StemPlan::isReadAtStart)
                && settings.environment().values().stream().noneMatch(value -> value.indexOf('\0') >= 0);
        return possible ? Optional.of(of(plan)) : Optional.empty();
    }

    private static StemPlan of(LaunchPlan plan) {
        Map<String, String> environment = new LinkedHashMap<>(plan.environment());
        environment.keySet().removeIf(name -> !isReadAtStart(name) || name.equals(PackageBytecode.VARIABLE));
        environment.put("AWS_LAMBDA_RUNTIME_API", plan.environment().get("AWS_LAMBDA_RUNTIME_API"));
        environment.put(VARIABLE, "1");
        List<Mount> mounts = plan.mounts().stream()
                .filter(mount -> !MOUNT_POINTS.contains(mount.target()))
                .toList();
        return new StemPlan(plan.command(), environment, mounts);
    }

    private static boolean isReadAtStart(String name) {
        return READ_AT_START.contains(name) || READ_AT_START_PREFIXES.stream().anyMatch(name::startsWith);
    }

    /// What of a function's mounts its stem has not.
    static List<Mount> own(LaunchPlan plan) {
        return plan.mounts().stream()
                .filter(mount -> MOUNT_POINTS.contains(mount.target()))
                .toList();
    }
}
