package dev.hearth.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// What the disk can do: small records, each appended and forced by itself.
final class FsyncRate {
    private static final int RECORD_BYTES = 300;

    private FsyncRate() {}

    /// Records per second in a folder's file system.
    static double measure(Path folder, Duration length) throws IOException {
        Path file = folder.resolve("fsync-probe");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer record = ByteBuffer.allocateDirect(RECORD_BYTES);
            long start = System.nanoTime();
            long written = 0;
            long now = start;
            while (now - start < length.toNanos()) {
                record.rewind();
                while (record.hasRemaining()) {
                    channel.write(record);
                }
                channel.force(false);
                written++;
                now = System.nanoTime();
            }
            return written * 1e9 / (now - start);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
