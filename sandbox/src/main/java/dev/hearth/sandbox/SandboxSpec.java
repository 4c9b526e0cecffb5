package dev.hearth.sandbox;

import dev.hearth.model.ByteSize;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a sandbox is made from.
///
/// @param name        what it runs, for people reading process and cgroup lists: letters, digits, `-`, `_`
/// @param command     the program and its arguments, as paths inside the sandbox
/// @param environment its whole environment; secret, never logged
/// @param mounts      what it sees read-only besides the minimal root
/// @param workingDirectory the directory the command starts in
/// @param memory      limit of the process tree, `/tmp` not counted
/// @param tmp         size of `/tmp`
/// @param cpus        share of CPU, 1.0 is one CPU
/// @param processes   the most processes and threads at once
/// @param openFiles   the most file descriptors of one process
/// @param network     what it can reach
/// @param mountPoints directories that are empty until [Sandbox#mount] covers them
/// @param forks       whether its command forks further instances: its processes may then make themselves a user and a
///                    mount namespace, without the calls that would do something with them
/// @param sideOutput  whether its command gets descriptor 7 to write to, see [Sandbox#sideOutput]
public record SandboxSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        List<Mount> mounts,
        String workingDirectory,
        ByteSize memory,
        ByteSize tmp,
        double cpus,
        int processes,
        int openFiles,
        Network network,
        List<String> mountPoints,
        boolean forks,
        boolean sideOutput) {

    public SandboxSpec {
        command = List.copyOf(command);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        mounts = List.copyOf(mounts);
        mountPoints = List.copyOf(mountPoints);
    }

    /// One that has all its mounts from the beginning, and does not fork.
    public SandboxSpec(
            String name,
            List<String> command,
            Map<String, String> environment,
            List<Mount> mounts,
            String workingDirectory,
            ByteSize memory,
            ByteSize tmp,
            double cpus,
            int processes,
            int openFiles,
            Network network) {
        this(
                name,
                command,
                environment,
                mounts,
                workingDirectory,
                memory,
                tmp,
                cpus,
                processes,
                openFiles,
                network,
                List.of(),
                false,
                false);
    }

    /// The same for a command that forks: see [Sandbox#prepareFork].
    public SandboxSpec forking() {
        return new SandboxSpec(
                name,
                command,
                environment,
                mounts,
                workingDirectory,
                memory,
                tmp,
                cpus,
                processes,
                openFiles,
                network,
                mountPoints,
                true,
                sideOutput);
    }

    /// The same for a command that has two kinds of output: see [Sandbox#sideOutput].
    public SandboxSpec withSideOutput() {
        return new SandboxSpec(
                name,
                command,
                environment,
                mounts,
                workingDirectory,
                memory,
                tmp,
                cpus,
                processes,
                openFiles,
                network,
                mountPoints,
                forks,
                true);
    }

    /// The same with directories that something is mounted on later.
    public SandboxSpec withMountPoints(List<String> targets) {
        return new SandboxSpec(
                name,
                command,
                environment,
                mounts,
                workingDirectory,
                memory,
                tmp,
                cpus,
                processes,
                openFiles,
                network,
                targets,
                forks,
                sideOutput);
    }

    @Override
    public String toString() {
        return "SandboxSpec[" + name + ", " + command + ", memory " + memory + "]";
    }
}
