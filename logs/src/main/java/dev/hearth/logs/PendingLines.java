package dev.hearth.logs;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lines on their way to the disk. Any thread adds, one thread waits and takes; the lock is held for a few
/// instructions only, never across I/O. When there are too many, the oldest go, and are counted.
final class PendingLines {
    /// What a line takes in memory beyond its text, about.
    private static final long OVERHEAD_BYTES = 150;

    private record Pending(String group, LogLine line) {
        long bytes() {
            return line.message().length() + OVERHEAD_BYTES;
        }
    }

    /// @param lines   by group, in order
    /// @param dropped how many lines of a group were dropped since the last batch
    record Batch(Map<String, List<LogLine>> lines, Map<String, Long> dropped) {}

    private final long limitBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private ArrayDeque<Pending> lines = new ArrayDeque<>();
    private Map<String, Long> dropped = new HashMap<>();
    private long bytes;
    private long droppedInAll;
    private boolean closed;

    PendingLines(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    void add(String group, LogLine line) {
        var pending = new Pending(group, line);
        lock.lock();
        try {
            boolean wasEmpty = lines.isEmpty();
            lines.addLast(pending);
            bytes += pending.bytes();
            while (bytes > limitBytes && lines.size() > 1) {
                Pending oldest = lines.removeFirst();
                bytes -= oldest.bytes();
                count(oldest.group(), 1);
            }
            if (wasEmpty || isPressing()) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Counts lines that were taken, and lost.
    ///
    /// @param before lines dropped before them that nobody was told of
    void countDropped(String group, long count, long before) {
        lock.lock();
        try {
            count(group, count);
            dropped.merge(group, before, Long::sum);
        } finally {
            lock.unlock();
        }
    }

    Batch take() {
        lock.lock();
        try {
            var byGroup = new LinkedHashMap<String, List<LogLine>>();
            for (Pending pending : lines) {
                byGroup.computeIfAbsent(pending.group(), g -> new java.util.ArrayList<>())
                        .add(pending.line());
            }
            var batch = new Batch(byGroup, dropped);
            lines = new ArrayDeque<>();
            dropped = new HashMap<>();
            bytes = 0;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a first line, then for others to go with it.
    ///
    /// @param idle   longest wait for a first line
    /// @param gather longest wait after it
    void await(Duration idle, Duration gather) throws InterruptedException {
        lock.lock();
        try {
            long nanos = idle.toNanos();
            while (lines.isEmpty() && !closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            nanos = lines.isEmpty() ? 0 : gather.toNanos();
            while (!isPressing() && !closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /// Lines dropped since the start.
    long droppedInAll() {
        lock.lock();
        try {
            return droppedInAll;
        } finally {
            lock.unlock();
        }
    }

    private boolean isPressing() {
        return bytes > limitBytes / 4;
    }

    private void count(String group, long count) {
        dropped.merge(group, count, Long::sum);
        droppedInAll += count;
    }
}
