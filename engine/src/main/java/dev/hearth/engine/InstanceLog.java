package dev.hearth.engine;

import dev.hearth.model.Clock;
import dev.hearth.runtime.Telemetry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

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
    private final LineSplitter function;
    private final LineSplitter extension;
    private @Nullable Telemetry telemetry;
    private final ArrayDeque<byte[]> tail = new ArrayDeque<>();
    private int tailBytes;

    InstanceLog(LogSink.Log log, String stream, Clock clock, int lineLimit) {
        this.log = log;
        this.stream = stream;
        this.clock = clock;
        this.function = new LineSplitter(lineLimit, bytes -> written(false, bytes));
        this.extension = new LineSplitter(lineLimit, bytes -> written(true, bytes));
    }

    /// The name of its log stream.
    String stream() {
        return stream;
    }

    /// From now on subscribers are told of lines too; null for none.
    synchronized void tellTo(@Nullable Telemetry subscribers) {
        telemetry = subscribers;
    }

    /// Takes bytes that the process wrote.
    synchronized void write(byte[] bytes, int length) {
        function.write(bytes, length);
    }

    /// Takes bytes that its external extensions wrote.
    synchronized void writeByExtension(byte[] bytes, int length) {
        extension.write(bytes, length);
    }

    /// Writes what was left without a line break: the process has ended, or its invocation has.
    synchronized void flush() {
        function.flush();
        extension.flush();
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
        append(clock.now().toEpochMilli(), message, message.getBytes(StandardCharsets.UTF_8));
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

    private void written(boolean byExtension, byte[] bytes) {
        String message = new String(bytes, StandardCharsets.UTF_8);
        long now = clock.now().toEpochMilli();
        if (telemetry != null) {
            telemetry.line(byExtension, now, message);
        }
        append(now, message, bytes);
    }

    private void append(long epochMillis, String message, byte[] bytes) {
        log.append(epochMillis, message);
        byte[] piece = java.util.Arrays.copyOf(bytes, bytes.length + 1);
        piece[bytes.length] = '\n';
        tail.addLast(piece);
        tailBytes += piece.length;
        while (tailBytes - tail.getFirst().length >= TAIL_BYTES) {
            tailBytes -= tail.removeFirst().length;
        }
    }
}
