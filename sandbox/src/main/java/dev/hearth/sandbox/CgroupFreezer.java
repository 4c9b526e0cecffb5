package dev.hearth.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Freezes by a cgroup's own file. The file stays open, and is written to without a channel of the JDK's, which an
/// interrupt would close for ever: [#thaw] is one system call.
final class CgroupFreezer implements Freezer {
    private static final System.Logger LOG = System.getLogger("dev.hearth.sandbox");

    /// A process stops when it comes back from the kernel, at once as a rule; one that waits for a disk does later.
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int CHECKS_PER_TRY = 100;

    private final Version version;
    private final Path directory;
    private final int fd;

    /// Whether it was told to freeze; guarded by the monitor, as is the descriptor.
    private boolean frozen;

    private boolean closed;

    private CgroupFreezer(Version version, Path directory, int fd) {
        this.version = version;
        this.directory = directory;
        this.fd = fd;
    }

    /// @param directory of a group of either version
    static CgroupFreezer open(Path directory) throws IOException {
        Version version = Files.exists(directory.resolve(Version.V2.control)) ? Version.V2 : Version.V1;
        String control = directory.resolve(version.control).toString();
        return new CgroupFreezer(version, directory, Native.open(control, Native.O_RDWR | Native.O_CLOEXEC));
    }

    @Override
    public boolean freeze() {
        if (!order()) {
            return false;
        }
        long deadline = System.nanoTime() + LIMIT_NANOS;
        boolean late = false;
        for (int i = 1; !late && !Thread.currentThread().isInterrupted(); i++) {
            late = System.nanoTime() >= deadline; // before it looks: this thread may have stood still as well
            if (hasStopped()) {
                return isWanted();
            }
            if (!isWanted()) {
                return false;
            }
            if (i % CHECKS_PER_TRY == 0) {
                tryAgain();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        LOG.log(System.Logger.Level.WARNING, "processes do not freeze and go on directory={0}", directory);
        thaw();
        return false;
    }

    private synchronized boolean order() {
        if (!closed && !frozen) {
            frozen = write(version.freeze);
        }
        return frozen;
    }

    /// Version 1 may wait for ever for a process that came into being meanwhile; runc does the same about it.
    private synchronized void tryAgain() {
        if (frozen) {
            write(version.thaw);
            frozen = write(version.freeze);
        }
    }

    private synchronized boolean isWanted() {
        return frozen;
    }

    private boolean hasStopped() {
        try {
            return Files.readAllLines(directory.resolve(version.status)).contains(version.stopped);
        } catch (IOException e) {
            return false; // removed meanwhile, or interrupted
        }
    }

    @Override
    public synchronized void thaw() {
        if (frozen) {
            frozen = false;
            write(version.thaw);
        }
    }

    @Override
    public synchronized void close() {
        thaw();
        if (!closed) {
            closed = true;
            Native.close(fd);
        }
    }

    private boolean write(MemorySegment word) {
        try {
            Native.write(fd, word);
            return true;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot freeze or thaw directory={0} error={1}", directory, e);
            return false;
        }
    }

    /// The words of a cgroup version.
    ///
    /// @param control where to write what
    /// @param status  where the line `stopped` says that all have stopped
    private record Version(String control, MemorySegment freeze, MemorySegment thaw, String status, String stopped) {
        static final Version V1 =
                new Version("freezer.state", word("FROZEN"), word("THAWED"), "freezer.state", "FROZEN");
        static final Version V2 = new Version("cgroup.freeze", word("1"), word("0"), "cgroup.events", "frozen 1");

        private static MemorySegment word(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            MemorySegment segment = Arena.global().allocate(bytes.length);
            return segment.copyFrom(MemorySegment.ofArray(bytes));
        }
    }
}
