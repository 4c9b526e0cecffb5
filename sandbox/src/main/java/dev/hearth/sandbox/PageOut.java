package dev.hearth.sandbox;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.hearth.sandbox.MemoryRanges.Range;
import dev.hearth.sandbox.Native.NativeException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/// Moves the memory of other processes to swap and back, by `process_madvise(2)`. One sandbox after the other on one
/// platform thread: the calls write to a disk, for as long as that takes, and would hold the few threads that carry
/// virtual ones. It leaves the CPU to those who serve.
final class PageOut implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.hearth.sandbox");

    /// `struct iovec`
    private static final long VECTOR_BYTES = 16;

    private static final int VECTORS_AT_ONCE = 64;

    private static final int NICENESS = 15;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            work -> Thread.ofPlatform().daemon().name("hearth-page-out").unstarted(() -> {
                giveWay();
                work.run();
            }));

    private static void giveWay() {
        try {
            Native.nice(NICENESS);
        } catch (NativeException e) {
            LOG.log(System.Logger.Level.DEBUG, "page-out runs at the usual priority", e);
        }
    }

    /// Runs `work` on the thread for paging out, when its turn has come.
    ///
    /// @return what it said; `otherwise` where this was closed, interrupted, or it failed
    <T> T inTurn(Callable<T> work, T otherwise) {
        try {
            return thread.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise;
        } catch (ExecutionException | RejectedExecutionException e) {
            LOG.log(System.Logger.Level.WARNING, "memory could not be paged out", e);
            return otherwise;
        }
    }

    /// Tells the kernel what is to become of a process's memory.
    ///
    /// @param advice [Native#MADV_PAGEOUT] or [Native#MADV_WILLNEED]
    /// @param goOn   asked now and then
    /// @return whether the kernel lets us
    static boolean advise(long pid, int advice, BooleanSupplier goOn) {
        try {
            List<Range> ranges = MemoryRanges.parse(Files.readAllLines(Path.of("/proc", Long.toString(pid), "maps")));
            int pidfd = Native.pidfdOpen(pid);
            try (Arena arena = Arena.ofConfined()) {
                adviseAll(pidfd, advice, ranges, arena.allocate(VECTORS_AT_ONCE * VECTOR_BYTES, 8), goOn);
            } finally {
                Native.close(pidfd);
            }
            return true;
        } catch (NativeException e) {
            return e.errno() == NativeException.ESRCH; // it has ended
        } catch (IOException e) {
            return true; // the same, before its memory was read
        }
    }

    private static void adviseAll(
            int pidfd, int advice, List<Range> ranges, MemorySegment vectors, BooleanSupplier goOn)
            throws NativeException {
        int next = 0;
        while (next < ranges.size() && goOn.getAsBoolean()) {
            int count = fill(vectors, ranges.subList(next, ranges.size()));
            long advised = advise(pidfd, advice, vectors, count);
            // Where it went no further is memory that cannot be paged out, such as locked one.
            int done = whole(ranges.subList(next, next + count), advised);
            next += Math.max(1, done < count ? done + 1 : done);
        }
    }

    /// As many of the ranges as go into one call.
    private static int fill(MemorySegment vectors, List<Range> ranges) {
        int count = 0;
        long bytes = 0;
        for (Range range : ranges) {
            if (count == VECTORS_AT_ONCE || (count > 0 && bytes + range.length() > MemoryRanges.MOST_BYTES)) {
                break;
            }
            vectors.set(JAVA_LONG, count * VECTOR_BYTES, range.start());
            vectors.set(JAVA_LONG, count * VECTOR_BYTES + 8, range.length());
            bytes += range.length();
            count++;
        }
        return count;
    }

    private static long advise(int pidfd, int advice, MemorySegment vectors, int count) throws NativeException {
        try {
            return Native.processMadvise(pidfd, vectors, count, advice);
        } catch (NativeException e) {
            if (e.errno() == NativeException.EINVAL
                    || e.errno() == NativeException.ENOMEM
                    || e.errno() == NativeException.EFAULT) {
                return 0; // its first range is not to be had
            }
            throw e;
        }
    }

    private static int whole(List<Range> ranges, long bytes) {
        int count = 0;
        long rest = bytes;
        for (Range range : ranges) {
            rest -= range.length();
            if (rest < 0) {
                break;
            }
            count++;
        }
        return count;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        thread.close();
    }
}
