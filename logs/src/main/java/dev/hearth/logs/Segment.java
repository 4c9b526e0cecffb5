package dev.hearth.logs;

import dev.hearth.logs.LogLine.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// One file of a log group, and what is known of its content. Guarded by its group's lock.
final class Segment {
    private static final String SUFFIX = ".log";

    private final Path file;
    private final long number;
    private long length;
    private boolean loaded;
    private long lastMillis = Long.MIN_VALUE;
    private final Map<String, StreamSummary> streams = new HashMap<>();
    private final Map<String, Position> deletedStreams = new HashMap<>();

    Segment(Path directory, long number) {
        this.file = directory.resolve("%010d%s".formatted(number, SUFFIX));
        this.number = number;
    }

    /// Takes the file's size as its length, until it is loaded.
    void measure() throws IOException {
        length = Files.size(file);
    }

    /// Reads the file once, to know its streams and where its last complete line ends.
    void load() throws IOException {
        if (loaded) {
            return;
        }
        long size = Files.exists(file) ? Files.size(file) : 0;
        length = 0;
        SegmentReader.read(file, 0, size, (line, start, end) -> {
            line.ifPresentOrElse(found -> add(found, end), () -> skip(end));
            return true;
        });
        loaded = true;
    }

    /// The number in a file's name; -1 for other files.
    static long number(Path file) {
        String name = String.valueOf(file.getFileName());
        boolean segment = name.endsWith(SUFFIX) && name.length() > SUFFIX.length() && name.length() < 20;
        String digits = segment ? name.substring(0, name.length() - SUFFIX.length()) : "";
        return !digits.isEmpty() && digits.chars().allMatch(Character::isDigit) ? Long.parseLong(digits) : -1;
    }

    Path file() {
        return file;
    }

    long number() {
        return number;
    }

    /// Bytes of complete lines.
    long length() {
        return length;
    }

    Position end() {
        return new Position(number, length);
    }

    /// Time of the latest event; [Long#MIN_VALUE] without events.
    long lastMillis() {
        return lastMillis;
    }

    Map<String, StreamSummary> streams() {
        return streams;
    }

    /// Streams that were deleted while this file was written, and the end of what was deleted.
    Map<String, Position> deletedStreams() {
        return deletedStreams;
    }

    /// Takes note of a line that was read, or written at the end.
    ///
    /// @param end the offset after it
    void add(LogLine line, long end) {
        length = end;
        if (line.kind() == Kind.STREAM_DELETED) {
            streams.remove(line.stream());
            deletedStreams.put(line.stream(), new Position(number, end));
            return;
        }
        if (line.kind() == Kind.EVENT) {
            lastMillis = Math.max(lastMillis, line.epochMillis());
        }
        streams.merge(line.stream(), StreamSummary.of(line), StreamSummary::and);
    }

    /// Passes over bytes that are no line: the remains of a torn write.
    private void skip(long end) {
        length = end;
    }
}
