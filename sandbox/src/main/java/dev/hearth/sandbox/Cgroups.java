package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Where this server's sandboxes get their resource limits: a directory `hearth/SERVER` below the server's own
/// cgroup, with one child for each sandbox.
sealed interface Cgroups permits CgroupsV1, CgroupsV2, NoCgroups {
    /// A group with the limits of `spec` and no process yet.
    Cgroup create(String sandboxId, SandboxSpec spec) throws IOException;

    /// The directories that hold this server's groups, for whoever cleans up after a crash.
    List<Path> bases();

    /// Whether the kernel can be asked to take memory from a group, which needs no root.
    default boolean canReclaim() {
        return false;
    }

    /// Removes the server's own directories when they are empty.
    void close();

    /// In whichever version the host has.
    ///
    /// @param controllers those that may be used
    static Cgroups open(OwnCgroup own, String serverId, Set<String> controllers) throws IOException {
        Version version = version(own);
        if (controllers.isEmpty()) {
            return new NoCgroups();
        }
        return version.v2()
                ? CgroupsV2.open(version.directoryOf("memory").orElseThrow(), serverId)
                : CgroupsV1.open(own, serverId, controllers);
    }

    /// A memory controller that is mounted as version 1 is not there in version 2, and the other way round.
    static Version version(OwnCgroup own) throws IOException {
        if (own.v1().containsKey("memory")) {
            return new Version(false, own.v1());
        }
        Map<String, Path> directories = new TreeMap<>();
        // The own group where its parent passes the controllers on, else the root, as container engines do.
        for (Optional<Path> candidate : List.of(own.v2Root(), own.v2())) {
            if (candidate.isPresent()) {
                Path list = candidate.get().resolve("cgroup.controllers");
                List<String> names = List.of(Files.readString(list).strip().split(" "));
                if (names.containsAll(CgroupsV2.CONTROLLERS)) {
                    names.forEach(name -> directories.put(name, candidate.get()));
                }
            }
        }
        return new Version(true, directories);
    }

    /// @param directories by controller, where the server's own directory goes
    record Version(boolean v2, Map<String, Path> directories) {
        String label() {
            return v2 ? "cgroup v2" : "cgroup v1";
        }

        Optional<Path> directoryOf(String controller) {
            return Optional.ofNullable(directories.get(controller));
        }
    }
}
