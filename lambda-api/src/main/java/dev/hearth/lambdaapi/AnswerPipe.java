package dev.hearth.lambdaapi;

import dev.hearth.model.Clock;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.ResponseSink;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A streamed answer between the thread that reads it from the function and the one that writes it to the caller. What
/// lies in between is bounded: a slow caller slows the function down.
///
/// The lock guards all fields, and is not held while anything is read or written.
final class AnswerPipe implements ResponseSink {
    /// As much as a socket usually takes at once.
    private static final int CAPACITY = 128 * 1024;

    private static final byte[] NOTHING = new byte[0];

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private byte[] waiting = NOTHING;
    private int waitingBytes;
    private @Nullable String contentType;
    private @Nullable InvocationReport report;
    private boolean callerGone;
    private long writtenBytes;
    private long firstByteNanos;

    AnswerPipe(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void begin(String type) {
        lock.lock();
        try {
            contentType = type;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        lock.lock();
        try {
            if (writtenBytes == 0) {
                firstByteNanos = clock.nanos();
            }
            writtenBytes += length;
            int done = 0;
            while (done < length) {
                await(() -> waitingBytes < CAPACITY || callerGone || report != null);
                if (callerGone || report != null) {
                    return;
                }
                int fitting = Math.min(length - done, CAPACITY - waitingBytes);
                keep(bytes, offset + done, fitting);
                done += fitting;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void keep(byte[] bytes, int offset, int length) {
        int needed = waitingBytes + length;
        if (needed > waiting.length) {
            waiting = Arrays.copyOf(waiting, Math.min(CAPACITY, Math.max(needed, waiting.length * 2)));
        }
        System.arraycopy(bytes, offset, waiting, waitingBytes, length);
        waitingBytes = needed;
    }

    /// The invocation has ended: what was written until now is the answer.
    void finish(InvocationReport how) {
        lock.lock();
        try {
            report = how;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the function begins to answer, or its invocation ends without that.
    ///
    /// @return the content type; null where the invocation has ended
    @Nullable
    String awaitBegin() {
        lock.lock();
        try {
            await(() -> contentType != null || report != null);
            return contentType;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the next part of the answer: all that has come since the last one.
    ///
    /// @return empty where the invocation has ended and all of it was read
    byte[] read() {
        lock.lock();
        try {
            await(() -> waitingBytes > 0 || report != null);
            byte[] part = Arrays.copyOf(waiting, waitingBytes);
            waitingBytes = 0;
            changed.signalAll();
            return part;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the end of the invocation.
    InvocationReport awaitReport() {
        lock.lock();
        try {
            await(() -> report != null);
            return Objects.requireNonNull(report);
        } finally {
            lock.unlock();
        }
    }

    /// The caller has gone: the rest is dropped.
    void abandon() {
        lock.lock();
        try {
            callerGone = true;
            waiting = NOTHING;
            waitingBytes = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Every wait ends when the invocation does, which has a limit of its own. Under the lock.
    private void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            changed.awaitUninterruptibly();
        }
    }

    @Override
    public boolean begun() {
        lock.lock();
        try {
            return contentType != null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long writtenBytes() {
        lock.lock();
        try {
            return writtenBytes;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long firstByteNanos() {
        lock.lock();
        try {
            return firstByteNanos;
        } finally {
            lock.unlock();
        }
    }
}
