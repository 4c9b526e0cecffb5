package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Freezes by SIGSTOP and SIGCONT, where there is no cgroup for it. Parents are stopped before their children and
/// continued after them, so that none sees a child stand still; one that asks for continued children (`WCONTINUED`)
/// can tell afterwards.
///
/// Processes are held by descriptors (pidfd): a number could meanwhile be another process's. [#thaw] waits for a
/// [#freeze] that is under way, some milliseconds.
final class SignalFreezer implements Freezer {
    private static final System.Logger LOG = System.getLogger("dev.hearth.sandbox");
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final Supplier<List<Long>> processes;

    /// The last that was stopped first; guarded by the monitor, as is `closed`.
    private final Deque<Stopped> stopped = new ArrayDeque<>();

    private boolean closed;

    /// @param processes lists those to stop, parents first
    SignalFreezer(Supplier<List<Long>> processes) {
        this.processes = processes;
    }

    @Override
    public synchronized boolean freeze() {
        if (closed) {
            return false;
        }
        if (stopped.isEmpty() && !stopAll()) {
            thaw();
            return false;
        }
        return true;
    }

    /// Again until none has come: a process that was about to fork did so before it stopped.
    private boolean stopAll() {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        Set<Long> seen = new HashSet<>();
        boolean more = true;
        boolean late = false;
        while (more && !late) {
            late = System.nanoTime() >= deadline; // before it looks: this thread may have stood still as well
            more = false;
            for (long pid : processes.get()) {
                more |= seen.add(pid) && stop(pid);
            }
            more |= !awaitStopped(deadline);
        }
        return !more && !stopped.isEmpty();
    }

    private boolean stop(long pid) {
        int pidfd = -1;
        try {
            pidfd = Native.pidfdOpen(pid);
            Native.pidfdSendSignal(pidfd, Native.SIGSTOP);
            stopped.push(new Stopped(pid, pidfd));
            return true;
        } catch (IOException e) {
            if (pidfd >= 0) {
                Native.close(pidfd);
            }
            return false; // it has ended
        }
    }

    private boolean awaitStopped(long deadline) {
        for (Stopped process : stopped) {
            while (!process.hasStopped()) {
                if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                    return false;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return true;
    }

    @Override
    public synchronized void thaw() {
        while (!stopped.isEmpty()) {
            stopped.pop().goOn();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        thaw();
    }

    private record Stopped(long pid, int pidfd) {
        /// Stopped, ended, or ('D') in the kernel: as a parent that waits for its stopped child to exec (vfork), it
        /// stops before it runs again and starts nothing until then.
        private static final Set<Character> STANDING = Set.of('T', 't', 'Z', 'X', 'D');

        boolean hasStopped() {
            try {
                String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
                // The name before it may hold anything, a ')' too.
                return STANDING.contains(stat.charAt(stat.lastIndexOf(')') + 2));
            } catch (IOException e) {
                return true; // it has ended
            }
        }

        void goOn() {
            try {
                Native.pidfdSendSignal(pidfd, Native.SIGCONT);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "a stopped process has ended pid={0}", pid);
            } finally {
                Native.close(pidfd);
            }
        }
    }
}
