package dev.hearth.engine;

import dev.hearth.model.Clock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/// The log of one instance: splits what its process writes into lines, puts START, END and REPORT around
/// each invocation, and keeps the end of the current one for callers that ask for it.
///
/// Written by the thread that pumps the sandbox's output and by those that begin and end invocations;
/// guarded by its own monitor, which is never held while waiting for anything.
final class InstanceLog {
    /// What AWS returns in `X-Amz-Log-Result`.
    static final int TAIL_BYTES = 4096;

    private final LogSink.Log log;
    private final String stream;
    private final Clock clock;
    private final int lineLimit;

    private byte[] line = new byte[256];
    private int lineLength;
    private final ArrayDeque<byte[]> tail = new ArrayDeque<>();
    private int tailBytes;

    InstanceLog(LogSink.Log log, String stream, Clock clock, int lineLimit) {
        this.log = log;
        this.stream = stream;
        this.clock = clock;
        this.lineLimit = lineLimit;
    }

    /// The name of its log stream.
    String stream() {
        return stream;
    }

    /// Takes bytes that the process wrote.
    synchronized void write(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                endLine();
            } else {
                add(bytes[i]);
            }
        }
    }

    /// Writes what was left without a line break: the process has ended, or its invocation has.
    synchronized void flush() {
        if (lineLength > 0) {
            endLine();
        }
    }

    /// Forgets the tail and writes the START line.
    synchronized void begin(String startLine) {
        flush();
        tail.clear();
        tailBytes = 0;
        event(startLine);
    }

    /// Writes a line of Hearth's own.
    synchronized void event(String message) {
        append(message, message.getBytes(StandardCharsets.UTF_8));
    }

    /// The last 4 KB written since the invocation began.
    synchronized byte[] tail() {
        byte[] all = new byte[tailBytes];
        int at = 0;
        for (byte[] piece : tail) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all.length <= TAIL_BYTES ? all : java.util.Arrays.copyOfRange(all, all.length - TAIL_BYTES, all.length);
    }

    private void add(byte b) {
        if (lineLength == lineLimit) {
            endLine();
        }
        if (lineLength == line.length) {
            line = java.util.Arrays.copyOf(line, Math.min(lineLimit, line.length * 2));
        }
        line[lineLength++] = b;
    }

    /// A carriage return at the end belongs to the line break; inside it stands for one within the event, which
    /// is how AWS's runtime clients write events of several lines.
    private void endLine() {
        int length = lineLength > 0 && line[lineLength - 1] == '\r' ? lineLength - 1 : lineLength;
        byte[] bytes = java.util.Arrays.copyOf(line, length);
        lineLength = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\r') {
                bytes[i] = '\n';
            }
        }
        append(new String(bytes, StandardCharsets.UTF_8), bytes);
    }

    private void append(String message, byte[] bytes) {
        log.append(clock.now().toEpochMilli(), message);
        byte[] piece = java.util.Arrays.copyOf(bytes, bytes.length + 1);
        piece[bytes.length] = '\n';
        tail.addLast(piece);
        tailBytes += piece.length;
        while (tailBytes - tail.getFirst().length >= TAIL_BYTES) {
            tailBytes -= tail.removeFirst().length;
        }
    }
}
