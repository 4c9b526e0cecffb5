package dev.hearth.runtime;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/// The bytes a connection receives, in one buffer that is reused from request to request: it grows for a long
/// header line and shrinks again. Used by the connection's thread only.
final class ConnectionInput {
    private static final int USUAL_BYTES = 8 * 1024;
    /// More at once would make the JDK keep a temporary buffer of that size for each carrier thread.
    private static final int READ_BYTES = 128 * 1024;

    private final ReadableByteChannel channel;
    private byte[] bytes = new byte[USUAL_BYTES];
    private ByteBuffer view = ByteBuffer.wrap(bytes);
    private int position;
    private int end;
    private int lineStart;
    private int lineLength;

    ConnectionInput(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /// Whether bytes are here that nobody has consumed.
    boolean hasBuffered() {
        return position < end;
    }

    /// Waits until there are bytes; false at the end of the stream.
    boolean awaitBytes() throws IOException {
        return hasBuffered() || fill();
    }

    /// Consumes a line that ends with CR LF; it is what [#lineAt], [#lineLength] and [#text] then tell of.
    ///
    /// @param limit the most bytes it may have, CR LF included
    /// @return false where it has more
    boolean readLine(int limit) throws IOException, MalformedRequest {
        int scanned = 0;
        while (true) {
            int newline = indexOfNewline(position + scanned);
            if (newline >= 0) {
                return newline - position < limit && takeLine(newline);
            }
            scanned = end - position;
            if (scanned >= limit) {
                return false;
            }
            if (!fill()) {
                throw new EOFException("the connection ended within a line");
            }
        }
    }

    private boolean takeLine(int newline) throws MalformedRequest {
        if (newline == position || bytes[newline - 1] != '\r') {
            throw new MalformedRequest(400, "a line does not end with CR LF");
        }
        lineStart = position;
        lineLength = newline - 1 - position;
        position = newline + 1;
        return true;
    }

    private int indexOfNewline(int from) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    int lineLength() {
        return lineLength;
    }

    /// A byte of the line read last, unsigned.
    int lineAt(int index) {
        return bytes[lineStart + index] & 0xff;
    }

    /// A part of the line read last.
    @SuppressWarnings("deprecation") // ISO-8859-1 without a decoder in between: what header bytes are
    String text(int from, int to) {
        return new String(bytes, 0, lineStart + from, to - from);
    }

    /// Reads exactly so many bytes.
    void readFully(byte[] target, int offset, int length) throws IOException {
        int buffered = Math.min(length, end - position);
        System.arraycopy(bytes, position, target, offset, buffered);
        position += buffered;
        int done = buffered;
        ByteBuffer rest = ByteBuffer.wrap(target, offset, length);
        while (done < length) {
            rest.limit(offset + Math.min(length, done + READ_BYTES)).position(offset + done);
            done += atLeastOne(channel.read(rest));
        }
    }

    /// Reads what is there of at most so many bytes, or waits until something is.
    ///
    /// @return how many, at least one
    int readSome(byte[] target, int length) throws IOException {
        if (!hasBuffered()) {
            return atLeastOne(channel.read(ByteBuffer.wrap(target, 0, length)));
        }
        int count = Math.min(length, end - position);
        System.arraycopy(bytes, position, target, 0, count);
        position += count;
        return count;
    }

    /// Reads and forgets so many bytes.
    void skip(long length) throws IOException {
        long left = length;
        while (left > 0) {
            if (!hasBuffered() && !fill()) {
                throw new EOFException("the connection ended within a body");
            }
            int step = (int) Math.min(left, end - position);
            position += step;
            left -= step;
        }
    }

    private static int atLeastOne(int count) throws IOException {
        if (count < 0) {
            throw new EOFException("the connection ended within a body");
        }
        return count;
    }

    /// Call between two requests: gives a grown buffer back.
    void shrink() {
        if (bytes.length > USUAL_BYTES && !hasBuffered()) {
            use(new byte[USUAL_BYTES]);
            position = 0;
            end = 0;
        }
    }

    private boolean fill() throws IOException {
        if (position == end) {
            position = 0;
            end = 0;
        }
        if (end == bytes.length) {
            makeRoom();
        }
        view.limit(bytes.length).position(end);
        int count = channel.read(view);
        end += Math.max(count, 0);
        return count > 0;
    }

    private void makeRoom() {
        if (position > 0) {
            System.arraycopy(bytes, position, bytes, 0, end - position);
        } else {
            use(Arrays.copyOf(bytes, bytes.length * 2));
        }
        end -= position;
        position = 0;
    }

    private void use(byte[] target) {
        bytes = target;
        view = ByteBuffer.wrap(target);
    }
}
