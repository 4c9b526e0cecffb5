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
/// @param directories by controller, the server's own directory in its hierarchy
record CgroupsV1(Map<String, Path> directories) implements Cgroups {
    /// The freezer limits nothing: it is joined so that an idle sandbox can be frozen.
    static final List<String> CONTROLLERS = List.of("memory", "cpu", "pids", "freezer");

    static CgroupsV1 open(OwnCgroup own, String serverId, Set<String> controllers) throws IOException {
        Map<String, Path> directories = new LinkedHashMap<>();
        for (String controller : CONTROLLERS) {
            Path parent = own.v1().get(controller);
            if (parent != null && controllers.contains(controller)) {
                Path base = parent.resolve("hearth").resolve(serverId);
                Files.createDirectories(base);
                directories.put(controller, base);
            }
        }
        return new CgroupsV1(directories);
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
        directories.values().forEach(base -> {
            CgroupDirectory.remove(base, 0);
            CgroupDirectory.removeIfEmpty(base.getParent());
        });
    }

    /// One sandbox's directories, by controller.
    private static final class Group implements Cgroup {
        private final Map<String, Path> directories;
        private final PeakMemory peak;

        Group(Map<String, Path> directories) throws IOException {
            this.directories = directories;
            Path memory = directories.get("memory");
            peak = memory == null ? PeakMemory.unknown() : PeakMemory.of(memory.resolve("memory.max_usage_in_bytes"));
        }

        void limit(SandboxSpec spec) throws IOException {
            Path memory = directories.get("memory");
            if (memory != null) {
                String bytes = Long.toString(spec.memory().bytes());
                CgroupDirectory.write(memory.resolve("memory.limit_in_bytes"), bytes);
                // Memory and swap together, so that swap does not raise the limit; absent where swap is not counted.
                CgroupDirectory.writeIfPresent(memory.resolve("memory.memsw.limit_in_bytes"), bytes);
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
            directories.values().forEach(directory -> files.add(directory.resolve("cgroup.procs")));
            return files;
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
        public void kill() {
            directories.values().forEach(CgroupDirectory::killProcesses);
        }

        @Override
        public boolean remove(long limitMillis) {
            peak.close();
            boolean gone = true;
            for (Path directory : directories.values()) {
                gone &= CgroupDirectory.remove(directory, limitMillis);
            }
            return gone;
        }
    }
}
