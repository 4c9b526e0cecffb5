package dev.hearth.logs;

import dev.hearth.model.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// A log group: a directory of segment files, the last of which is written. Any thread; the lock is held while
/// lines are written, which only the store's own thread and the API do, and never while events are read.
final class Group {
    private final Path directory;
    private final LogsConfig config;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Segment> segments = new ArrayList<>();
    private GroupMeta meta;
    private boolean deleted;

    private Group(Path directory, LogsConfig config, Clock clock, GroupMeta meta) {
        this.directory = directory;
        this.config = config;
        this.clock = clock;
        this.meta = meta;
    }

    /// Opens a group that is on the disk. None of its files is read now.
    static Group open(Path directory, LogsConfig config, Clock clock, GroupMeta meta) throws IOException {
        var group = new Group(directory, config, clock, meta);
        try (Stream<Path> files = Files.list(directory)) {
            files.mapToLong(Segment::number)
                    .filter(number -> number >= 0)
                    .sorted()
                    .forEach(number -> group.segments.add(new Segment(directory, number)));
        }
        for (Segment segment : group.segments) {
            segment.measure();
        }
        if (group.segments.isEmpty()) {
            group.segments.add(new Segment(directory, 1));
        }
        return group;
    }

    /// Events between two times, as they stand on the disk now.
    ///
    /// @param deletedStreams events of these streams before these positions are gone
    /// @param visibleMillis  events before this time are gone
    record Snapshot(List<Part> parts, Map<String, Position> deletedStreams, long visibleMillis) {
        /// One file, up to its length of now.
        record Part(Path file, long number, long length, long lastMillis) {}

        Position end() {
            Part last = parts.getLast();
            return new Position(last.number(), last.length());
        }
    }

    GroupMeta meta() {
        lock.lock();
        try {
            return meta;
        } finally {
            lock.unlock();
        }
    }

    Snapshot snapshot() throws IOException {
        lock.lock();
        try {
            loadAll();
            var parts = new ArrayList<Snapshot.Part>();
            var deletions = new HashMap<String, Position>();
            for (Segment segment : segments) {
                parts.add(new Snapshot.Part(segment.file(), segment.number(), segment.length(), segment.lastMillis()));
                deletions.putAll(segment.deletedStreams());
            }
            return new Snapshot(parts, deletions, visibleMillis());
        } finally {
            lock.unlock();
        }
    }

    /// Its streams, in no order.
    List<StreamSummary> streams() throws IOException {
        lock.lock();
        try {
            loadAll();
            var streams = new HashMap<String, StreamSummary>();
            for (Segment segment : segments) {
                streams.keySet().removeAll(segment.deletedStreams().keySet());
                segment.streams().forEach((name, stream) -> streams.merge(name, stream, StreamSummary::and));
            }
            return List.copyOf(streams.values());
        } finally {
            lock.unlock();
        }
    }

    long storedBytes() {
        lock.lock();
        try {
            return segments.stream().mapToLong(Segment::length).sum();
        } finally {
            lock.unlock();
        }
    }

    /// Writes lines in order, begins new files where one is full, and deletes the oldest beyond the limit.
    ///
    /// @return false when the group was deleted meanwhile, and nothing is written
    boolean write(List<LogLine> lines) throws IOException {
        lock.lock();
        try {
            if (deleted) {
                return false;
            }
            last().load(); // to find where its last complete line ends
            int from = 0;
            while (from < lines.size()) {
                if (last().length() >= config.segment().bytes()) {
                    segments.add(new Segment(directory, last().number() + 1));
                }
                from = fill(last(), lines, from);
            }
            removeOldest();
            return true;
        } finally {
            lock.unlock();
        }
    }

    void retain(OptionalInt days) throws IOException {
        lock.lock();
        try {
            meta = meta.withRetention(days);
            meta.write(directory);
            removeOldest();
        } finally {
            lock.unlock();
        }
    }

    /// Deletes files that are beyond the group's size or its time of retention.
    void enforceLimits() throws IOException {
        lock.lock();
        try {
            if (!deleted) {
                removeOldest();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Deletes everything.
    void delete() throws IOException {
        lock.lock();
        try {
            deleted = true;
            try (Stream<Path> files = Files.list(directory)) {
                // the group file first: from then on there is no group, even if we are killed here
                for (Path file : files.sorted(Comparator.comparing(f -> Segment.number(f) >= 0))
                        .toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(directory);
        } finally {
            lock.unlock();
        }
    }

    /// Writes lines until the file is full.
    ///
    /// @return the index of the first line that was not written
    private int fill(Segment segment, List<LogLine> lines, int from) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var ends = new ArrayList<Long>();
        int next = from;
        while (next < lines.size()
                && segment.length() + bytes.size() < config.segment().bytes()) {
            lines.get(next++).writeTo(bytes);
            ends.add(segment.length() + bytes.size());
        }
        try (FileChannel channel =
                FileChannel.open(segment.file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (channel.size() > segment.length()) {
                channel.truncate(segment.length()); // what a crash or a full disk left of a line
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
            long start = segment.length();
            while (buffer.hasRemaining()) {
                channel.write(buffer, start + buffer.position());
            }
        }
        for (int i = 0; i < ends.size(); i++) {
            segment.add(lines.get(from + i), ends.get(i));
        }
        return next;
    }

    private void removeOldest() throws IOException {
        long bytes = segments.stream().mapToLong(Segment::length).sum();
        while (segments.size() > 1 && (bytes > config.group().bytes() || isExpired(segments.getFirst()))) {
            Segment oldest = segments.removeFirst();
            bytes -= oldest.length();
            Files.deleteIfExists(oldest.file());
        }
        Segment only = last();
        if (segments.size() == 1 && only.length() > 0 && isExpired(only)) {
            segments.set(0, new Segment(directory, only.number() + 1));
            Files.deleteIfExists(only.file());
        }
    }

    private boolean isExpired(Segment segment) throws IOException {
        return Files.exists(segment.file())
                && Files.getLastModifiedTime(segment.file()).toMillis() < visibleMillis();
    }

    private long visibleMillis() {
        return meta.retentionDays().isPresent()
                ? clock.now()
                        .minus(Duration.ofDays(meta.retentionDays().getAsInt()))
                        .toEpochMilli()
                : Long.MIN_VALUE;
    }

    private void loadAll() throws IOException {
        for (Segment segment : segments) {
            segment.load();
        }
    }

    private Segment last() {
        return segments.getLast();
    }
}
