package dev.hearth.sandbox;

import dev.hearth.model.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The resource limits of one sandbox. Safe for any thread.
interface Cgroup {
    /// The files into which a process of one thread writes 0, which means itself, to join.
    List<Path> joinFiles();

    /// Sets the CPU quota, in CPUs.
    void limitCpus(double cpus) throws IOException;

    /// Whether it leaves the CPU to others that want it: it gets an eighth of what each of them gets.
    default void yieldCpus(boolean yields) throws IOException {}

    /// The most memory used at once; after [#remove] the last figure known.
    ByteSize peakMemory();

    /// How many processes the kernel has killed in it for want of memory.
    long oomKills();

    /// The file to watch for a process that is killed for want of memory while others go on; empty where the
    /// kernel kills all of them by itself.
    Optional<Path> oomControl();

    /// Those that are in it, by their ids on the host; none where that is not known.
    List<Long> processes();

    /// Its own means to freeze what is in it, which ends with it.
    Optional<Freezer> freezer();

    /// Whether what is in it may go to swap without counting against its memory limit; see [Standby].
    void allowSwap(boolean allow);

    /// Has the kernel take memory from it.
    ///
    /// @return whether it could take that much; `false` as well where it cannot be asked
    boolean reclaim(long bytes);

    /// Sends SIGKILL to every process that is in it, frozen ones too, which are thawed for good.
    void kill();

    /// Removes it, killing what still appears in it, for at most `limitMillis`.
    ///
    /// @return whether it is gone
    boolean remove(long limitMillis);
}
