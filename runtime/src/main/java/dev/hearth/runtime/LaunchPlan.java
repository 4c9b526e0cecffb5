package dev.hearth.runtime;

import dev.hearth.sandbox.Mount;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a function's process is started inside a sandbox.
///
/// @param command     the program and its arguments, as paths inside the sandbox
/// @param environment its whole environment, the function's own variables included; secret
/// @param mounts      the runtime, the bootstrap, the code at `/var/task`, the layers at `/opt`
/// @param extensions  names of the extensions that the command starts too
public record LaunchPlan(
        List<String> command, Map<String, String> environment, List<Mount> mounts, List<String> extensions) {
    /// Without extensions.
    public LaunchPlan(List<String> command, Map<String, String> environment, List<Mount> mounts) {
        this(command, environment, mounts, List.of());
    }

    public LaunchPlan {
        command = List.copyOf(command);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        mounts = List.copyOf(mounts);
        extensions = List.copyOf(extensions);
    }

    @Override
    public String toString() {
        return "LaunchPlan[" + command + "]";
    }
}
