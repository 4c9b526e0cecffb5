package dev.hearth.sandbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The three ways to freeze, each on this host if it has it.
enum Freezing {
    CGROUP_V2,
    CGROUP_V1,
    SIGNALS;

    LinuxSandboxes open(Path dataDirectory) throws IOException, SandboxException {
        OwnCgroup own = OwnCgroup.read();
        HostProbe probe = HostProbe.run(this == SIGNALS ? Set.of(Protection.FREEZER) : Set.of());
        switch (this) {
            case CGROUP_V2 -> {
                assumeTrue(own.v2().isPresent() && probe.has(Protection.FREEZER), "no writable cgroup v2 here");
                Map<String, Path> others = new HashMap<>(own.v1());
                others.remove("freezer");
                own = new OwnCgroup(others, own.v2(), own.v2Root());
            }
            case CGROUP_V1 -> {
                assumeTrue(own.v1().containsKey("freezer"), "no freezer of cgroup v1 here");
                own = new OwnCgroup(own.v1(), Optional.empty(), Optional.empty());
            }
            case SIGNALS -> assumeTrue(own.v1().containsKey("memory"), "cgroup v2 has its freezer always");
        }
        return LinuxSandboxes.open(SandboxConfig.defaults(dataDirectory), probe, own);
    }
}
