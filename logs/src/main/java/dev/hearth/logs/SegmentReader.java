package dev.hearth.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/// Reads the lines of a segment file, from an offset on.
final class SegmentReader {
    private static final int CHUNK_BYTES = 256 * 1024;

    /// Takes one line.
    @FunctionalInterface
    interface Visitor {
        /// @param line  empty for bytes that are no line
        /// @param start where it begins
        /// @param end   the offset after its line break
        /// @return whether to go on
        boolean line(Optional<LogLine> line, long start, long end);
    }

    private SegmentReader() {}

    /// Gives each complete line between two offsets to the visitor. A file that is gone has no lines: it was
    /// deleted for its age while someone was reading.
    static void read(Path file, long from, long to, Visitor visitor) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] buffer = new byte[(int) Math.min(CHUNK_BYTES, Math.max(1, to - from))];
            int filled = 0;
            long position = from; // of buffer[0]
            while (position + filled < to) {
                if (filled == buffer.length) {
                    buffer = Arrays.copyOf(buffer, buffer.length * 2); // a line longer than all before
                }
                int wanted = (int) Math.min(buffer.length - filled, to - position - filled);
                int count = channel.read(ByteBuffer.wrap(buffer, filled, wanted), position + filled);
                if (count < 0) {
                    return;
                }
                filled += count;
                int used = lines(buffer, filled, position, visitor);
                if (used < 0) {
                    return;
                }
                System.arraycopy(buffer, used, buffer, 0, filled - used);
                filled -= used;
                position += used;
            }
        } catch (NoSuchFileException e) {
            // as said above
        }
    }

    /// @return bytes of complete lines in the buffer; negative to stop
    private static int lines(byte[] buffer, int filled, long position, Visitor visitor) {
        int start = 0;
        for (int i = 0; i < filled; i++) {
            if (buffer[i] == '\n') {
                if (!visitor.line(LogLine.parse(buffer, start, i), position + start, position + i + 1)) {
                    return -1;
                }
                start = i + 1;
            }
        }
        return start;
    }
}
