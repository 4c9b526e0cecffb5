package dev.hearth.sandbox;

import static java.util.Objects.requireNonNull;

import dev.hearth.model.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// cgroup version 2: one hierarchy for all controllers.
///
/// A group that passes controllers on to its children must hold no process itself (unless it is the host's root).
/// So the server's own group is used where the controllers can be passed on, after the server's processes have moved
/// into a leaf of it, as container engines do when they run inside a container.
///
/// @param base the server's own directory
record CgroupsV2(Path base) implements Cgroups {
    static final List<String> CONTROLLERS = List.of("memory", "cpu", "pids");

    /// The kernel's own default.
    private static final int WEIGHT = 100;

    private static final System.Logger LOG = System.getLogger("dev.hearth.sandbox");

    private static final String LEAF = "hearth-server";

    /// @param group where the server's own directory goes
    static CgroupsV2 open(Path group, String serverId) throws IOException {
        // A second opening by the same process finds itself in the leaf that the first made.
        Path parent = group.endsWith(LEAF) ? requireNonNull(group.getParent()) : group;
        passOnOrMove(parent);
        Path base = parent.resolve("hearth").resolve(serverId);
        Files.createDirectories(base);
        passOn(parent.resolve("hearth"));
        passOn(base);
        return new CgroupsV2(base);
    }

    private static void passOnOrMove(Path parent) throws IOException {
        try {
            passOn(parent);
        } catch (IOException e) {
            Path leaf = parent.resolve(LEAF);
            Files.createDirectories(leaf);
            for (long pid : CgroupDirectory.processes(parent)) {
                CgroupDirectory.write(leaf.resolve("cgroup.procs"), Long.toString(pid));
            }
            passOn(parent);
        }
    }

    private static void passOn(Path directory) throws IOException {
        for (String controller : CONTROLLERS) {
            CgroupDirectory.write(directory.resolve("cgroup.subtree_control"), "+" + controller);
        }
    }

    @Override
    public Cgroup create(String sandboxId, SandboxSpec spec) throws IOException {
        Path directory = base.resolve(sandboxId);
        Files.createDirectory(directory);
        try {
            Group group = Group.of(directory);
            group.limit(spec);
            return group;
        } catch (IOException e) {
            CgroupDirectory.remove(directory, 0);
            throw e;
        }
    }

    @Override
    public List<Path> bases() {
        return List.of(base);
    }

    @Override
    public boolean canReclaim() {
        return Files.exists(base.resolve("memory.reclaim"));
    }

    @Override
    public void close() {
        CgroupDirectory.remove(base, 0);
        CgroupDirectory.removeIfEmpty(base.getParent());
    }

    /// One sandbox's.
    record Group(Path directory, PeakMemory peak, Optional<Freezer> freezer) implements Cgroup {
        static Group of(Path directory) throws IOException {
            Optional<Freezer> freezer = Files.exists(directory.resolve("cgroup.freeze"))
                    ? Optional.of(CgroupFreezer.open(directory))
                    : Optional.empty(); // before Linux 5.2
            return new Group(directory, PeakMemory.of(directory.resolve("memory.peak")), freezer);
        }

        void limit(SandboxSpec spec) throws IOException {
            CgroupDirectory.write(
                    directory.resolve("memory.max"), Long.toString(spec.memory().bytes()));
            allowSwap(false);
            // One process killed for want of memory takes the rest of the sandbox along.
            CgroupDirectory.writeIfPresent(directory.resolve("memory.oom.group"), "1");
            CgroupDirectory.write(directory.resolve("pids.max"), Integer.toString(spec.processes()));
            limitCpus(spec.cpus());
        }

        @Override
        public List<Path> joinFiles() {
            return List.of(directory.resolve("cgroup.procs"));
        }

        @Override
        public void yieldCpus(boolean yields) throws IOException {
            String weight = Integer.toString(yields ? WEIGHT / 8 : WEIGHT);
            CgroupDirectory.write(directory.resolve("cpu.weight"), weight);
        }

        @Override
        public void limitCpus(double cpus) throws IOException {
            CgroupDirectory.write(directory.resolve("cpu.max"), CpuQuota.micros(cpus) + " " + CpuQuota.PERIOD_MICROS);
        }

        @Override
        public ByteSize peakMemory() {
            return peak.read();
        }

        @Override
        public long oomKills() {
            try {
                return CgroupDirectory.readKeyed(directory.resolve("memory.events"), "oom_kill");
            } catch (IOException e) {
                return 0; // removed: whoever wanted to know has asked before
            }
        }

        @Override
        public Optional<Path> oomControl() {
            return Optional.empty();
        }

        @Override
        public List<Long> processes() {
            return CgroupDirectory.processesOrNone(directory);
        }

        /// As much as the memory limit at most, so that repeated page-outs do not add up.
        @Override
        public void allowSwap(boolean allow) {
            try {
                String bytes = allow
                        ? Files.readString(directory.resolve("memory.max")).strip()
                        : "0";
                CgroupDirectory.writeIfPresent(directory.resolve("memory.swap.max"), bytes);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "cannot limit swap directory={0} error={1}", directory, e);
            }
        }

        @Override
        public boolean reclaim(long bytes) {
            try {
                CgroupDirectory.write(directory.resolve("memory.reclaim"), Long.toString(bytes));
                return true;
            } catch (IOException e) {
                return false; // before Linux 5.19, or there was not so much
            }
        }

        @Override
        public void kill() {
            try {
                CgroupDirectory.write(directory.resolve("cgroup.kill"), "1");
            } catch (IOException e) {
                CgroupDirectory.killProcesses(directory); // before Linux 5.14, or removed meanwhile
            }
            freezer.ifPresent(Freezer::close);
        }

        @Override
        public boolean remove(long limitMillis) {
            peak.close();
            freezer.ifPresent(Freezer::close);
            return CgroupDirectory.remove(directory, limitMillis);
        }
    }
}
