package dev.hearth.events;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Frames that go to the disk together. Filled under the journal's lock, then written by its thread; those whose
/// frames must be durable wait for its end.
final class Batch {
    private final List<Frame> frames = new ArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private boolean durable;

    /// Set before `done`, read after it.
    private @Nullable Throwable failure;

    void add(List<Frame> more, boolean mustLast) {
        frames.addAll(more);
        durable |= mustLast;
    }

    List<Frame> frames() {
        return frames;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /// Whether somebody waits for it to be on the disk.
    boolean durable() {
        return durable;
    }

    void succeeded() {
        done.countDown();
    }

    /// Needs no memory: there may be none.
    void failed(Throwable e) {
        failure = e;
        done.countDown();
    }

    /// @throws IOException when it could not be written
    void await() throws IOException {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // the answer must be true: it comes soon
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new IOException(failure instanceof IOException ? failure.getMessage() : failure.toString(), failure);
        }
    }
}
