package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Notices on cgroup v1 that the kernel killed a process of a sandbox for want of memory (an eventfd registered in
/// `cgroup.event_control`). Version 1 kills one process and lets the others go on in whatever state that leaves them.
final class OomWatch implements AutoCloseable {
    /// The kernel tells before it kills.
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final OutputPump pump;
    private final int eventFd;
    private final AtomicBoolean closed = new AtomicBoolean();

    private OomWatch(OutputPump pump, int eventFd) {
        this.pump = pump;
        this.eventFd = eventFd;
    }

    /// @param control the group's `memory.oom_control`
    /// @param whenKilled runs on a thread of its own, at most once, when a process was killed
    static OomWatch start(OutputPump pump, Path control, Cgroup cgroup, Runnable whenKilled) throws IOException {
        int eventFd = Native.eventfd();
        OomWatch watch = new OomWatch(pump, eventFd);
        try {
            int controlFd = Native.open(control.toString(), Native.O_CLOEXEC);
            try {
                CgroupDirectory.write(control.resolveSibling("cgroup.event_control"), eventFd + " " + controlFd);
            } finally {
                Native.close(controlFd);
            }
            pump.watch(eventFd, () -> watch.checkOnce(cgroup, whenKilled));
            return watch;
        } catch (IOException e) {
            watch.close();
            throw e;
        }
    }

    /// On the pump's thread.
    private void checkOnce(Cgroup cgroup, Runnable whenKilled) {
        pump.forget(eventFd);
        Thread.ofVirtual().start(() -> awaitKill(cgroup, whenKilled));
    }

    private void awaitKill(Cgroup cgroup, Runnable whenKilled) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!closed.get() && System.nanoTime() < deadline) {
            if (cgroup.oomKills() > 0) {
                whenKilled.run();
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            pump.forget(eventFd);
            Native.close(eventFd);
        }
    }
}
