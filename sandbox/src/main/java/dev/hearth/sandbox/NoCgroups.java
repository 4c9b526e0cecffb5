package dev.hearth.sandbox;

import dev.hearth.model.ByteSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Weak isolation on a host where the server cannot make cgroups: nothing is limited and nothing is known.
record NoCgroups() implements Cgroups {
    @Override
    public Cgroup create(String sandboxId, SandboxSpec spec) {
        return new Unlimited();
    }

    @Override
    public List<Path> bases() {
        return List.of();
    }

    @Override
    public void close() {}

    private record Unlimited() implements Cgroup {
        @Override
        public List<Path> joinFiles() {
            return List.of();
        }

        @Override
        public void limitCpus(double cpus) {}

        @Override
        public ByteSize peakMemory() {
            return ByteSize.ofBytes(0);
        }

        @Override
        public long oomKills() {
            return 0;
        }

        @Override
        public Optional<Path> oomControl() {
            return Optional.empty();
        }

        @Override
        public List<Long> processes() {
            return List.of();
        }

        @Override
        public Optional<Freezer> freezer() {
            return Optional.empty();
        }

        @Override
        public void allowSwap(boolean allow) {}

        @Override
        public boolean reclaim(long bytes) {
            return false;
        }

        @Override
        public void kill() {}

        @Override
        public boolean remove(long limitMillis) {
            return true;
        }
    }
}
