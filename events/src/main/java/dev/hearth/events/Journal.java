package dev.hearth.events;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Entries that survive the death of the server and of the machine: each a body that never changes and a standing
/// that does, by sequence number.
///
/// **Group commit**: while one batch is forced to the disk, the frames of all other callers gather in the next; so
/// `fsync` is paid once for as many callers as wait for it. Everything is written in the order of the calls, and a
/// later frame never survives where an earlier one is lost.
///
/// Any thread may call; one platform thread writes.
final class Journal implements AutoCloseable {
    static final long SEGMENT_BYTES = 32 << 20;
    private static final System.Logger LOG = System.getLogger("dev.hearth.events");
    private static final int MOVES = 8;

    /// When nothing has come for so long, what nobody waits for is forced, too: a power cut later costs no attempt.
    private static final long IDLE_NANOS = 1_000_000_000L;

    private final Path directory;
    private final Segments segments;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Thread writer =
            Thread.ofPlatform().daemon().name("events-journal").unstarted(this::run);

    /// Guarded by the lock.
    private Batch filling = new Batch();

    /// Guarded by the lock.
    private boolean closing;

    /// What the writer's thread died of; guarded by the lock.
    private @Nullable Throwable death;

    /// Whether there is something on its way to the disk that was not forced; the writer's alone.
    private boolean unforced;

    private Journal(Path directory, Segments segments) {
        this.directory = directory;
        this.segments = segments;
    }

    /// An entry as it was left.
    ///
    /// @param standing empty where it never changed
    record Entry(long sequence, byte[] body, Optional<byte[]> standing) {}

    /// Opens the journal of a directory, made where it does not exist. No other process may have it open.
    static Journal open(Path directory) throws IOException {
        return open(directory, SEGMENT_BYTES);
    }

    static Journal open(Path directory, long segmentBytes) throws IOException {
        Path absolute = Files.createDirectories(directory).toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent != null) {
            Segment.forceDirectory(parent);
        }
        var segments = new Segments(directory, segmentBytes);
        segments.open();
        var journal = new Journal(directory, segments);
        journal.writer.start();
        return journal;
    }

    /// Sequence numbers of all entries there are, in order.
    List<Long> sequences() {
        return segments.sequences();
    }

    /// Adds frames in this order and returns when they are on the disk.
    ///
    /// @throws IOException when the disk refused: whether they are there is not known then; or when the journal is
    ///                     closed or its thread has died
    void commit(List<Frame> frames) throws IOException {
        enqueue(frames, true).await();
    }

    /// Adds frames in this order and returns at once. They are on the disk soon, and never later than what is
    /// committed after them.
    void append(List<Frame> frames) {
        try {
            enqueue(frames, false);
        } catch (IOException e) {
            // Closed or dead: what it said is found out again after the next start.
            LOG.log(System.Logger.Level.DEBUG, "the journal takes nothing more", e);
        }
    }

    private Batch enqueue(List<Frame> frames, boolean durable) throws IOException {
        lock.lock();
        try {
            if (death != null) {
                throw new IOException(
                        "the journal in " + directory + " takes nothing more, because its thread died of " + death
                                + ": restart Hearth",
                        death);
            }
            if (closing) {
                throw new IOException("the journal in " + directory + " is closed: Hearth is shutting down");
            }
            filling.add(frames, durable);
            work.signal();
            return filling;
        } finally {
            lock.unlock();
        }
    }

    /// An entry as it stands on the disk.
    ///
    /// @return empty where there is none
    Optional<Entry> read(long sequence) throws IOException {
        for (int i = 0; i < MOVES; i++) {
            Optional<LiveEntry> entry = segments.find(sequence);
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            try {
                Optional<byte[]> standing = entry.get().standing().isPresent()
                        ? Optional.of(content(entry.get().standing().get()))
                        : Optional.empty();
                return Optional.of(new Entry(sequence, content(entry.get().body()), standing));
            } catch (ClosedChannelException moved) {
                // Its segment was given up meanwhile: it stands elsewhere.
                LOG.log(System.Logger.Level.TRACE, "an entry has moved", moved);
            }
        }
        throw new IOException("An entry of the journal in " + directory + " could not be read: it moved all the time.");
    }

    private static byte[] content(Place place) throws IOException {
        return place.frame().content();
    }

    private void run() {
        try {
            writeAll();
        } catch (Throwable e) {
            // An error: what it left half done nobody knows, so nothing may follow it.
            died(e);
            LOG.log(System.Logger.Level.ERROR, "the journal's thread died directory=" + directory, e);
        }
    }

    private void died(Throwable e) {
        lock.lock();
        try {
            death = e;
            filling.failed(e);
        } finally {
            lock.unlock();
        }
    }

    private void writeAll() {
        while (true) {
            Batch batch = next();
            if (!batch.isEmpty()) {
                write(batch);
            } else if (unforced) {
                settle();
            } else {
                return;
            }
        }
    }

    /// Waits for frames; an empty batch says that there are none for a while, or will be none.
    private Batch next() {
        lock.lock();
        try {
            if (unforced) {
                awaitFramesForAWhile();
            } else {
                awaitFrames();
            }
            Batch batch = filling;
            filling = new Batch();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void awaitFrames() {
        while (filling.isEmpty() && !closing) {
            work.awaitUninterruptibly();
        }
    }

    private void awaitFramesForAWhile() {
        try {
            long left = IDLE_NANOS;
            while (filling.isEmpty() && !closing && left > 0) {
                left = work.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // Nobody does that to this thread; looking after the disk earlier does no harm.
            LOG.log(System.Logger.Level.DEBUG, "the journal's thread was interrupted", e);
        }
    }

    private void settle() {
        unforced = false;
        try {
            segments.force();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "the journal cannot be written directory=" + directory, e);
        }
    }

    private void write(Batch batch) {
        try {
            segments.write(batch.frames(), batch.durable());
            unforced = !batch.durable();
        } catch (IOException | RuntimeException e) {
            batch.failed(e);
            LOG.log(System.Logger.Level.ERROR, "the journal cannot be written directory=" + directory, e);
            return;
        } catch (Error e) {
            died(e); // first: whoever is told may commit again at once
            batch.failed(e);
            throw e;
        }
        batch.succeeded();
        reclaim();
    }

    private void reclaim() {
        try {
            segments.reclaim();
        } catch (IOException | RuntimeException e) {
            // Nothing is lost but room: the next batch tries again.
            LOG.log(System.Logger.Level.WARNING, "old journal files cannot be given up directory=" + directory, e);
        }
    }

    /// Writes what was appended, durably, and closes the files.
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closing = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        join();
        try {
            segments.force();
        } finally {
            segments.close();
        }
    }

    private void join() {
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
