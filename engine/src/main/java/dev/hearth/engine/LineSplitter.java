package dev.hearth.engine;

import java.util.Arrays;
import java.util.function.Consumer;

/// Cuts what a process writes into lines. Used by one thread at a time.
final class LineSplitter {
    private final int limit;
    private final Consumer<byte[]> lines;
    private byte[] line = new byte[256];
    private int length;

    /// @param limit of one line's bytes; a longer one is cut
    LineSplitter(int limit, Consumer<byte[]> lines) {
        this.limit = limit;
        this.lines = lines;
    }

    void write(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                endLine();
            } else {
                add(bytes[i]);
            }
        }
    }

    /// What is left without a line break is a line.
    void flush() {
        if (length > 0) {
            endLine();
        }
    }

    private void add(byte b) {
        if (length == limit) {
            endLine();
        }
        if (length == line.length) {
            line = Arrays.copyOf(line, Math.min(limit, line.length * 2));
        }
        line[length++] = b;
    }

    /// A carriage return at the end belongs to the line break; inside it stands for one within the event, which
    /// is how AWS's runtime clients write events of several lines.
    private void endLine() {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        byte[] bytes = Arrays.copyOf(line, end);
        length = 0;
        for (int i = 0; i < end; i++) {
            if (bytes[i] == '\r') {
                bytes[i] = '\n';
            }
        }
        lines.accept(bytes);
    }
}
