package dev.hearth.events;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// One file of the journal. It is written once, from its start to its end, and never changed after: a journal that is
/// opened again begins a new one. Written by the journal's thread; read by any.
final class Segment implements Closeable {
    private static final String PREFIX = "journal-";
    private static final String SUFFIX = ".log";

    private final long number;
    private final Path file;
    private final FileChannel channel;

    /// Bytes written so far; only the writer asks.
    private long size;

    private Segment(long number, Path file, FileChannel channel, long size) {
        this.number = number;
        this.file = file;
        this.channel = channel;
        this.size = size;
    }

    /// Takes each frame of a segment with where it begins.
    @FunctionalInterface
    interface Visitor {
        void visit(Frame frame, long offset);
    }

    /// A new, empty one, its name durable.
    static Segment create(Path directory, long number) throws IOException {
        Path file = directory.resolve(PREFIX + "%016d".formatted(number) + SUFFIX);
        // Events may hold secrets: for this user's eyes only.
        var segment = new Segment(
                number,
                file,
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                0);
        try {
            forceDirectory(directory);
        } catch (IOException e) {
            segment.drop(); // or its number could not be had again
            throw e;
        }
        return segment;
    }

    /// What is in a directory is there after a power cut.
    static void forceDirectory(Path directory) throws IOException {
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    /// Those an earlier journal left, oldest first.
    static List<Segment> existing(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> names = files.filter(Segment::isOne).sorted().toList();
            var segments = new java.util.ArrayList<Segment>(names.size());
            for (Path file : names) {
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                segments.add(new Segment(number(file), file, channel, channel.size()));
            }
            return segments;
        }
    }

    private static boolean isOne(Path file) {
        return file.getFileName().toString().matches(PREFIX + "\\d{16}" + SUFFIX);
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }

    long number() {
        return number;
    }

    long size() {
        return size;
    }

    Path file() {
        return file;
    }

    /// Visits all frames up to the end, or up to the first that is not whole.
    ///
    /// @return bytes at the end that are no frames: what was being written when the machine or the server died
    long scan(Visitor visitor) throws IOException {
        ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        while (true) {
            int offset = all.position();
            Optional<Frame> frame = Frame.read(all);
            if (frame.isEmpty()) {
                return all.remaining();
            }
            visitor.visit(frame.get(), offset);
        }
    }

    /// The frame that begins at an offset.
    ///
    /// @throws IOException when there is none: the disk lost it
    Frame read(long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
            // until it is all there
        }
        return Frame.read(bytes.flip())
                .orElseThrow(() -> new IOException("There is no whole record at " + offset + " of " + file
                        + ": the file was changed or the disk lost it."));
    }

    /// Adds bytes at the end; not durable before [#force].
    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            size += channel.write(bytes, size);
        }
    }

    /// What was written survives a power cut when this returns.
    void force() throws IOException {
        channel.force(false);
    }

    /// Closes and deletes it.
    void drop() throws IOException {
        close();
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
