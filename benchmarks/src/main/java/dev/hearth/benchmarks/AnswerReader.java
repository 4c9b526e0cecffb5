package dev.hearth.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// Reads one HTTP/1.1 answer with a length or in chunks. As little work per answer as checking allows.
final class AnswerReader {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final byte[] bytes = new byte[BUFFER_BYTES];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private int headEnd;
    private String head = "";
    private int bodyBytes;
    private boolean chunked;

    void reset() {
        buffer.clear();
        headEnd = -1;
        bodyBytes = -1;
        chunked = false;
    }

    /// Where the socket puts what it reads.
    ByteBuffer space() {
        if (!buffer.hasRemaining()) {
            throw new WrongAnswerException("answer of more than " + BUFFER_BYTES + " bytes: " + head);
        }
        return buffer;
    }

    boolean isComplete() {
        if (headEnd < 0 && !readHead()) {
            return false;
        }
        int arrived = buffer.position() - headEnd;
        return chunked ? arrived >= 5 && endsWith("0\r\n\r\n") : arrived >= bodyBytes;
    }

    /// @throws WrongAnswerException unless the status is 200, no function error is told, and the body is `expected`
    void check(byte[] expected) {
        byte[] body = chunked ? dechunk() : null;
        boolean right =
                bytes[9] == '2' && bytes[10] == '0' && bytes[11] == '0' && !head.contains("x-amz-function-error");
        if (body == null) {
            right &= buffer.position() == headEnd + expected.length
                    && Arrays.equals(bytes, headEnd, buffer.position(), expected, 0, expected.length);
        } else {
            right &= Arrays.equals(body, expected);
        }
        if (!right) {
            throw new WrongAnswerException("expected 200 with " + new String(expected, StandardCharsets.UTF_8)
                    + ", got " + new String(bytes, 0, buffer.position(), StandardCharsets.UTF_8));
        }
    }

    boolean closesConnection() {
        return head.contains("\r\nconnection: close");
    }

    private boolean readHead() {
        int end = endOfHead();
        if (end < 0) {
            return false;
        }
        headEnd = end;
        head = new String(bytes, 0, end, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int length = head.indexOf("\r\ncontent-length:");
        chunked = length < 0 && head.contains("\r\ntransfer-encoding: chunked");
        if (length >= 0) {
            int from = length + "\r\ncontent-length:".length();
            bodyBytes = Integer.parseInt(
                    head.substring(from, head.indexOf('\r', from)).trim());
        } else if (!chunked) {
            throw new WrongAnswerException("answer without length: " + head);
        }
        return true;
    }

    private int endOfHead() {
        for (int i = 3; i < buffer.position(); i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private boolean endsWith(String end) {
        int from = buffer.position() - end.length();
        return new String(bytes, from, end.length(), StandardCharsets.ISO_8859_1).equals(end);
    }

    private byte[] dechunk() {
        var body = new ByteArrayOutputStream();
        int at = headEnd;
        while (true) {
            int lineEnd = at;
            while (bytes[lineEnd] != '\r') {
                lineEnd++;
            }
            int size = Integer.parseInt(new String(bytes, at, lineEnd - at, StandardCharsets.ISO_8859_1).trim(), 16);
            if (size == 0) {
                return body.toByteArray();
            }
            body.write(bytes, lineEnd + 2, size);
            at = lineEnd + 2 + size + 2;
        }
    }
}
