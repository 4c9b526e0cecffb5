package dev.hearth.runtime;

import java.util.ArrayList;
import java.util.List;

/// What waits for one subscriber, and when it is due. Holds at most twice what makes it due, as AWS says; what comes
/// then is counted and forgotten. Pure, and guarded by its owner.
final class TelemetryBuffer {
    private static final int OVERFLOW = 2;

    private final Buffering limits;
    private List<byte[]> pending = new ArrayList<>();
    private long bytes;
    private long firstNanos;
    private long droppedRecords;
    private long droppedBytes;

    TelemetryBuffer(Buffering limits) {
        this.limits = limits;
    }

    void add(byte[] event, long nowNanos) {
        boolean fits = bytes + event.length <= (long) OVERFLOW * limits.maxBytes()
                && pending.size() < OVERFLOW * limits.maxItems();
        // One that is too large by itself would never fit.
        if (!fits && !pending.isEmpty()) {
            drop(1, event.length);
            return;
        }
        if (pending.isEmpty()) {
            firstNanos = nowNanos;
        }
        pending.add(event);
        bytes += event.length;
    }

    /// Counts events that were not delivered.
    void drop(long records, long size) {
        droppedRecords += records;
        droppedBytes += size;
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /// @return zero or less where it is due; only for one that is not empty
    long nanosUntilDue(long nowNanos) {
        if (bytes >= limits.maxBytes() || pending.size() >= limits.maxItems()) {
            return 0;
        }
        return firstNanos + limits.timeoutMillis() * 1_000_000L - nowNanos;
    }

    /// All that waits, in order; it is empty then.
    List<byte[]> take() {
        List<byte[]> taken = pending;
        pending = new ArrayList<>();
        bytes = 0;
        return taken;
    }

    /// What was dropped since this was asked last.
    TelemetryEvent.Dropped takeDropped() {
        var dropped = new TelemetryEvent.Dropped(droppedRecords, droppedBytes);
        droppedRecords = 0;
        droppedBytes = 0;
        return dropped;
    }
}
