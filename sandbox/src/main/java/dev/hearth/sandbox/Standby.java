package dev.hearth.sandbox;

import dev.hearth.model.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What becomes of a sandbox between invocations: its processes are frozen, their memory goes to swap, and they go on.
/// Safe for any thread.
///
/// **Swap and the memory limit.** A standby may be moved to swap, a running function may not: it would live beyond its
/// limit, at the speed of a disk. In cgroup v1 memory and swap have one limit together, so that nothing is gained by
/// swapping, and the group's own limit never makes it swap (`memory.swappiness` 0). In version 2 swap has a limit of
/// its own, which is 0 except while [#pageOut] runs: what has been paged out stays there until it is touched, and
/// nothing new follows. What a function holds then is at most its limit in memory, and in swap what it had at its
/// last page-out and has not touched since.
final class Standby implements AutoCloseable {
    private static final long STEP_BYTES = MemoryRanges.MOST_BYTES;

    private final Freezer freezer;
    private final Cgroup cgroup;
    private final Supplier<List<Long>> processes;
    private final PageOut pageOut;

    /// Counts what ends a page-out.
    private final AtomicInteger thaws = new AtomicInteger();

    /// @param processes lists all of the sandbox's, by their ids on the host
    Standby(Freezer freezer, Cgroup cgroup, Supplier<List<Long>> processes, PageOut pageOut) {
        this.freezer = freezer;
        this.cgroup = cgroup;
        this.processes = processes;
        this.pageOut = pageOut;
    }

    boolean freeze() {
        return freezer.freeze();
    }

    void thaw() {
        thaws.incrementAndGet();
        freezer.thaw();
    }

    ByteSize pageOut() {
        int before = thaws.get();
        return pageOut.inTurn(() -> pageOut(() -> thaws.get() == before), ByteSize.ofBytes(0));
    }

    private ByteSize pageOut(BooleanSupplier goOn) {
        long before = residentBytes();
        cgroup.allowSwap(true);
        try {
            boolean permitted = true;
            for (long pid : processes.get()) {
                permitted &= PageOut.advise(pid, Native.MADV_PAGEOUT, goOn);
            }
            for (long rest = permitted ? 0 : before; rest > 0 && goOn.getAsBoolean(); rest -= STEP_BYTES) {
                if (!cgroup.reclaim(STEP_BYTES)) {
                    break;
                }
            }
        } finally {
            cgroup.allowSwap(false);
        }
        return ByteSize.ofBytes(Math.max(0, before - residentBytes()));
    }

    /// Where the kernel does not let us, it comes back when it is touched.
    void pageIn() {
        int before = thaws.get();
        pageOut.inTurn(
                () -> {
                    for (long pid : processes.get()) {
                        PageOut.advise(pid, Native.MADV_WILLNEED, () -> thaws.get() == before);
                    }
                    return true;
                },
                false);
    }

    ByteSize residentMemory() {
        return ByteSize.ofBytes(residentBytes());
    }

    private long residentBytes() {
        return processes.get().stream().mapToLong(Standby::residentBytes).sum();
    }

    /// 0 for a process that has ended, or that the server may not look into.
    private static long residentBytes(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
                if (line.startsWith("Pss:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /// Thaws for good.
    @Override
    public void close() {
        thaws.incrementAndGet();
        freezer.close();
    }
}
