package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.model.ResponseSink;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// A caller that takes a streamed answer, all of it or only so much.
final class Collected implements ResponseSink {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long room;
    private boolean begun;
    private String contentType = "";

    Collected() {
        this(Long.MAX_VALUE);
    }

    /// @param room how many bytes it takes before it has to be told to take more
    Collected(long room) {
        this.room = room;
    }

    @Override
    public void begin(String type) {
        change(() -> {
            begun = true;
            contentType = type;
        });
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        await(() -> room > 0);
        change(() -> {
            bytes.write(from, offset, length);
            room -= length;
        });
    }

    void takeAll() {
        change(() -> room = Long.MAX_VALUE);
    }

    String contentType() {
        return contentType;
    }

    String text() {
        lock.lock();
        try {
            return bytes.toString(UTF_8);
        } finally {
            lock.unlock();
        }
    }

    void awaitBegin() {
        await(() -> begun);
    }

    void awaitBytes(long count) {
        await(() -> bytes.size() >= count);
    }

    void awaitText(String expected) {
        await(() -> bytes.toString(UTF_8).equals(expected));
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(BooleanSupplier condition) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(60);
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError("did not come within 60 s; there is: " + bytes.size() + " bytes");
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean begun() {
        return begun;
    }

    @Override
    public long writtenBytes() {
        return bytes.size();
    }

    @Override
    public long firstByteNanos() {
        return 0;
    }
}
