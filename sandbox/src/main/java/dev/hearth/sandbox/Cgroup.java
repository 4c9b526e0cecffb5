package dev.hearth.sandbox;

import dev.hearth.model.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The resource limits of one sandbox. Safe for any thread.
interface Cgroup {
    /// The files into which a process writes its id to join.
    List<Path> joinFiles();

    /// Sets the CPU quota, in CPUs.
    void limitCpus(double cpus) throws IOException;

    /// The most memory used at once; after [#remove] the last figure known.
    ByteSize peakMemory();

    /// How many processes the kernel has killed in it for want of memory.
    long oomKills();

    /// The file to watch for a process that is killed for want of memory while others go on; empty where the
    /// kernel kills all of them by itself.
    Optional<Path> oomControl();

    /// Sends SIGKILL to every process that is in it, frozen ones too.
    void kill();

    /// Removes it, killing what still appears in it, for at most `limitMillis`.
    ///
    /// @return whether it is gone
    boolean remove(long limitMillis);
}
