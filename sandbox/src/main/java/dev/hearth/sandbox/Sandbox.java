package dev.hearth.sandbox;

import dev.hearth.model.ByteSize;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Optional;

/// One isolated process tree.
///
/// ```
/// created ── start() ──► running ──► exited
///    └──────────── close() ─┴───────────┴──► closed: no process, mount, cgroup or socket is left
/// ```
public interface Sandbox extends AutoCloseable {
    /// Where a command finds the Runtime API as a rule. In weak isolation, where it has to be elsewhere, environment
    /// values that are exactly this are replaced by [#runtimeApiAddress].
    String RUNTIME_API_ADDRESS = "127.0.0.1:9001";

    /// Names it in logs; unique on this host since boot.
    String id();

    /// The socket that listens at 127.0.0.1:9001 of the sandbox's own network, and nowhere else.
    ServerSocketChannel runtimeApi();

    /// The host name or address and the port at which the command reaches [#runtimeApi], as
    /// `AWS_LAMBDA_RUNTIME_API` wants it: [#RUNTIME_API_ADDRESS], but for
    /// weak isolation without a network of its own.
    default String runtimeApiAddress() {
        return RUNTIME_API_ADDRESS;
    }

    /// Lets the command run. Called once.
    void start() throws SandboxException;

    /// Mounts what it was made without on directories that were left empty for that, read-only as all its mounts.
    /// Its processes see it when they look next; one whose working directory is such a directory has to enter it
    /// anew. Its command must run, or be frozen.
    ///
    /// @param mounts on some of [SandboxSpec#mountPoints], each at most once
    default void mount(List<Mount> mounts) throws SandboxException {
        throw new SandboxException("Cannot mount into sandbox " + id() + ": it was not made for that", null);
    }

    /// What its processes write to stdout and stderr, merged; ends when the last of them is gone, and with [#close].
    SandboxOutput output();

    /// What its processes write to descriptor 7, apart from [#output], where [SandboxSpec#sideOutput] says so; ends as
    /// that does.
    default Optional<SandboxOutput> sideOutput() {
        return Optional.empty();
    }

    /// For connections to what listens inside; empty where it shares its network with other sandboxes.
    default Optional<SandboxSockets> sockets() {
        return Optional.empty();
    }

    /// Waits until the command has ended, by itself or by [#close].
    SandboxExit awaitExit() throws InterruptedException;

    /// How the command ended; empty while it runs.
    Optional<SandboxExit> exit();

    /// The most memory the process tree has used at once. Cheap enough for every invocation's REPORT line.
    ByteSize peakMemory();

    /// How many of its processes were killed because the memory limit was reached.
    default long oomKills() {
        return 0;
    }

    /// Lifts the CPU quota, as AWS does while a function initialises, or puts it back to what the
    /// specification says.
    default void boost(boolean on) {}

    /// Whether it leaves the CPU to others that want it, for work that nobody waits for.
    default void yieldCpus(boolean yields) {}

    /// Asks its command to end, with SIGTERM. Nothing is waited for.
    default void terminate() {}

    /// Whether its command runs, or would if it were not frozen. Some microseconds.
    default boolean isAlive() {
        return exit().isEmpty();
    }

    /// Stops all its processes where they stand: they use no CPU and keep their memory, sockets and files. Cheap; a
    /// second call does nothing.
    ///
    /// @return whether they have stopped; `false` where the host cannot, and they go on
    default boolean freeze() {
        return false;
    }

    /// Lets its processes go on. On the request path: a fraction of a millisecond. Does nothing where it is not frozen.
    default void thaw() {}

    /// Moves the memory of its processes to swap, as far as there is swap: they stay as they are, and what they touch
    /// later is brought back. Takes milliseconds to seconds; for frozen ones.
    ///
    /// @return how much less is resident than before
    default ByteSize pageOut() {
        return ByteSize.ofBytes(0);
    }

    /// Has the kernel read the memory of its processes back from swap, without letting them go on. Returns before all
    /// of it is there.
    default void pageIn() {}

    /// How much of the machine's memory its processes hold now, in proportion where they share it. Walks all of its
    /// processes: milliseconds, not for the request path.
    default ByteSize residentMemory() {
        return ByteSize.ofBytes(0);
    }

    /// Makes room for a process that its command will fork. Takes some 20 ms, so that the fork itself need not. One at
    /// a time: the next after this one's has been adopted or closed.
    ///
    /// @throws SandboxException also where this was not made with [SandboxSpec#forks]
    default ForkPlace prepareFork() throws SandboxException {
        throw new SandboxException("Cannot prepare a fork in sandbox " + id() + ": it was not made for that", null);
    }

    /// Kills every process in it and removes all that belonged to it; waits until that is done. Never throws;
    /// a second call does nothing.
    @Override
    void close();
}
