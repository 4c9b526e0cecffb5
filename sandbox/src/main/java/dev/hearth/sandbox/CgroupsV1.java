package dev.hearth.sandbox;

import dev.hearth.model.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// cgroup version 1: a hierarchy for each controller. Those that the host does not have are left out; [HostProbe]
/// has told whoever wants to know.
///
/// **No wait for all CPUs.** To move a process between groups the kernel waits for all CPUs (RCU), under the one
/// lock of all groups, for which thaws of version 2 wait too (`benchmarks/freeze`). It does not where a thread moves
/// itself by version 1's `tasks`. So that is how sandboxes join, and version 1 freezes: a thaw is as quick beside
/// starts as without.
///
/// What it has frozen cannot be killed: a [Thawer] sees to it when the server is. Version 2's hierarchy freezes where
/// it is mounted beside and version 1 has no freezer; it needs no controller for that.
///
/// @param directories by controller, the server's own directory in its hierarchy
/// @param thawer      where version 1 freezes
record CgroupsV1(Map<String, Path> directories, Optional<Thawer> thawer) implements Cgroups {
    private static final String FREEZER = "freezer";

    /// The kernel's own default.
    private static final int SHARES = 1024;

    /// The freezer limits nothing: it is joined so that an idle sandbox can be frozen. It comes last, so that what is
    /// killed in the others is not thawed before.
    static final List<String> CONTROLLERS = List.of("memory", "cpu", "pids", FREEZER);

    static CgroupsV1 open(OwnCgroup own, String serverId, Set<String> controllers) throws IOException {
        Map<String, Path> directories = new LinkedHashMap<>();
        for (String controller : CONTROLLERS) {
            Path parent = own.v1().get(controller);
            if (parent != null && controllers.contains(controller)) {
                directories.put(controller, base(parent, serverId));
            }
        }
        Path freezer = directories.get(FREEZER);
        if (freezer == null && controllers.contains(FREEZER)) {
            own.v2()
                    .flatMap(parent -> unifiedFreezer(parent, serverId))
                    .ifPresent(unified -> directories.put(FREEZER, unified));
        }
        return new CgroupsV1(directories, freezer == null ? Optional.empty() : Optional.of(Thawer.start(freezer)));
    }

    private static Optional<Path> unifiedFreezer(Path parent, String serverId) {
        try {
            Path base = base(parent, serverId);
            if (Files.exists(base.resolve("cgroup.freeze"))) {
                return Optional.of(base);
            }
            CgroupDirectory.remove(base, 0); // before Linux 5.2
        } catch (IOException e) {
            // read-only
        }
        return Optional.empty();
    }

    private static Path base(Path parent, String serverId) throws IOException {
        return Files.createDirectories(parent.resolve("hearth").resolve(serverId));
    }

    @Override
    public Cgroup create(String sandboxId, SandboxSpec spec) throws IOException {
        Map<String, Path> groups = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Path> entry : directories.entrySet()) {
                Path group = entry.getValue().resolve(sandboxId);
                Files.createDirectory(group);
                groups.put(entry.getKey(), group);
            }
            Group group = new Group(groups);
            group.limit(spec);
            return group;
        } catch (IOException e) {
            groups.values().forEach(group -> CgroupDirectory.remove(group, 0));
            throw e;
        }
    }

    @Override
    public List<Path> bases() {
        return List.copyOf(directories.values());
    }

    @Override
    public void close() {
        thawer.ifPresent(Thawer::close);
        directories.values().forEach(base -> {
            CgroupDirectory.remove(base, 0);
            CgroupDirectory.removeIfEmpty(base.getParent());
        });
    }

    /// One sandbox's directories, by controller.
    private static final class Group implements Cgroup {
        private final Map<String, Path> directories;
        private final PeakMemory peak;
        private final Optional<Freezer> freezer;

        Group(Map<String, Path> directories) throws IOException {
            this.directories = directories;
            Path memory = directories.get("memory");
            peak = memory == null ? PeakMemory.unknown() : PeakMemory.of(memory.resolve("memory.max_usage_in_bytes"));
            Path freezing = directories.get(FREEZER);
            freezer = freezing == null ? Optional.empty() : Optional.of(CgroupFreezer.open(freezing));
        }

        void limit(SandboxSpec spec) throws IOException {
            Path memory = directories.get("memory");
            if (memory != null) {
                String bytes = Long.toString(spec.memory().bytes());
                CgroupDirectory.write(memory.resolve("memory.limit_in_bytes"), bytes);
                // Memory and swap together, so that swap does not raise the limit; absent where swap is not counted.
                CgroupDirectory.writeIfPresent(memory.resolve("memory.memsw.limit_in_bytes"), bytes);
                // Where it is not: at its limit it must not make room by swapping. Paging out does not ask for this.
                CgroupDirectory.writeIfPresent(memory.resolve("memory.swappiness"), "0");
            }
            Path pids = directories.get("pids");
            if (pids != null) {
                CgroupDirectory.write(pids.resolve("pids.max"), Integer.toString(spec.processes()));
            }
            limitCpus(spec.cpus());
        }

        @Override
        public List<Path> joinFiles() {
            List<Path> files = new ArrayList<>();
            for (Path directory : directories.values()) {
                boolean versionOne = Files.exists(directory.resolve("tasks"));
                files.add(directory.resolve(versionOne ? "tasks" : "cgroup.procs"));
            }
            return files;
        }

        @Override
        public void yieldCpus(boolean yields) throws IOException {
            Path cpu = directories.get("cpu");
            if (cpu != null) {
                CgroupDirectory.write(cpu.resolve("cpu.shares"), Integer.toString(yields ? SHARES / 8 : SHARES));
            }
        }

        @Override
        public void limitCpus(double cpus) throws IOException {
            Path cpu = directories.get("cpu");
            if (cpu != null) {
                CgroupDirectory.write(cpu.resolve("cpu.cfs_period_us"), Integer.toString(CpuQuota.PERIOD_MICROS));
                CgroupDirectory.write(cpu.resolve("cpu.cfs_quota_us"), Long.toString(CpuQuota.micros(cpus)));
            }
        }

        @Override
        public ByteSize peakMemory() {
            return peak.read();
        }

        @Override
        public long oomKills() {
            Path memory = directories.get("memory");
            try {
                return memory == null ? 0 : CgroupDirectory.readKeyed(memory.resolve("memory.oom_control"), "oom_kill");
            } catch (IOException e) {
                return 0; // removed: whoever wanted to know has asked before
            }
        }

        @Override
        public Optional<Path> oomControl() {
            return Optional.ofNullable(directories.get("memory")).map(memory -> memory.resolve("memory.oom_control"));
        }

        @Override
        public List<Long> processes() {
            return directories.values().stream()
                    .findFirst()
                    .map(CgroupDirectory::processesOrNone)
                    .orElse(List.of());
        }

        @Override
        public Optional<Freezer> freezer() {
            return freezer;
        }

        /// Counts against the limit in version 1.
        @Override
        public void allowSwap(boolean allow) {}

        @Override
        public boolean reclaim(long bytes) {
            return false;
        }

        @Override
        public void kill() {
            directories.values().forEach(CgroupDirectory::killProcesses);
            freezer.ifPresent(Freezer::close);
        }

        @Override
        public boolean remove(long limitMillis) {
            peak.close();
            freezer.ifPresent(Freezer::close);
            boolean gone = true;
            for (Path directory : directories.values()) {
                gone &= CgroupDirectory.remove(directory, limitMillis);
            }
            return gone;
        }
    }
}
