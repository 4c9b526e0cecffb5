package dev.hearth.cli;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/// A function's answer out of the messages in which it comes (`application/vnd.amazon.eventstream`): what its parts
/// hold, one after the other, up to the message that ends it. Reads no further than what has come.
///
/// [Smithy's description](https://smithy.io/2.0/aws/amazon-eventstream.html)
final class EventStream extends InputStream {
    private static final int LARGEST = 24 * 1024 * 1024;
    private static final int AROUND = 16;
    private static final byte[] END = ascii("InvokeComplete");
    private static final byte[] NOTHING = {};

    private final DataInputStream in;
    private byte[] part = NOTHING;
    private int position;
    private boolean ended;
    private Json end = Json.EMPTY;

    /// Reads a streamed answer.
    interface Reading {
        void read(InputStream answer) throws IOException;
    }

    EventStream(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /// What the invocation's end says; known once all was read.
    Json end() {
        return end;
    }

    @Override
    public int read() throws IOException {
        return fill() ? part[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, part.length - position);
        System.arraycopy(part, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return part.length - position;
    }

    /// `false` at the end.
    private boolean fill() throws IOException {
        while (position == part.length && !ended) {
            message();
        }
        return position < part.length;
    }

    private void message() throws IOException {
        int total = in.readInt();
        int headerBytes = in.readInt();
        if (total < AROUND || total > LARGEST || headerBytes < 0 || headerBytes > total - AROUND) {
            throw new IOException("a message of the answer has an impossible length");
        }
        int checkOfLengths = in.readInt();
        byte[] rest = in.readNBytes(total - 12);
        if (rest.length < total - 12) {
            throw new EOFException("the answer ended within a message");
        }
        check(total, headerBytes, checkOfLengths, rest);
        byte[] payload = Arrays.copyOfRange(rest, headerBytes, rest.length - 4);
        if (isEnd(rest, headerBytes)) {
            ended = true;
            end = Json.parse(payload);
        } else {
            part = payload;
            position = 0;
        }
    }

    private static void check(int total, int headerBytes, int checkOfLengths, byte[] rest) throws IOException {
        var crc = new CRC32();
        update(crc, total);
        update(crc, headerBytes);
        boolean lengthsRight = (int) crc.getValue() == checkOfLengths;
        update(crc, checkOfLengths);
        crc.update(rest, 0, rest.length - 4);
        int expected = ByteBuffer.wrap(rest).getInt(rest.length - 4);
        if (!lengthsRight || (int) crc.getValue() != expected) {
            throw new IOException("a message of the answer has a wrong checksum");
        }
    }

    private static void update(CRC32 crc, int value) {
        crc.update(value >>> 24);
        crc.update(value >>> 16);
        crc.update(value >>> 8);
        crc.update(value);
    }

    /// Whether a header says so: its value stands in the headers as it is.
    private static boolean isEnd(byte[] headers, int length) {
        for (int i = 0; i + END.length <= length; i++) {
            if (Arrays.equals(headers, i, i + END.length, END, 0, END.length)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
