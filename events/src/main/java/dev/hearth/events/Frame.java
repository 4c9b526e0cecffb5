package dev.hearth.events;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// What the journal is made of: one fact about one entry, or several that hold together.
///
/// On disk: length (4 bytes, of what follows the checksum), CRC-32C of the rest (4), kind (1), sequence number
/// (8), content. Big-endian.
///
/// @param kind     what it says
/// @param sequence the entry; never the same for two; 0 for [Kind#TOGETHER]
/// @param content  empty for [Kind#GONE]
record Frame(Kind kind, long sequence, byte[] content) {
    /// Before the content.
    static final int HEAD_BYTES = 4 + 4 + 1 + 8;

    private static final int PREFIX_BYTES = 8;

    private static final byte[] NOTHING = {};

    enum Kind {
        /// The entry itself; written again when its segment is given up.
        BODY(1),
        /// Where the entry is in its life; the last one holds.
        STANDING(2),
        /// The entry is no more.
        GONE(3),
        /// Facts that hold all or none, however the server dies: their whole frames are the content.
        TOGETHER(4);

        /// On the disk.
        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        private static Optional<Kind> of(byte code) {
            return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
        }
    }

    static Frame gone(long sequence) {
        return new Frame(Kind.GONE, sequence, NOTHING);
    }

    /// One frame of several: all of them survive or none does.
    static Frame together(List<Frame> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        ByteBuffer content =
                ByteBuffer.allocate(parts.stream().mapToInt(Frame::size).sum());
        parts.forEach(part -> content.put(part.encoded()));
        return new Frame(Kind.TOGETHER, 0, content.array());
    }

    /// The frames that [#together] made one of, in order.
    List<Frame> parts() {
        var parts = new ArrayList<Frame>();
        ByteBuffer in = ByteBuffer.wrap(content);
        while (in.hasRemaining()) {
            parts.add(read(in).orElseThrow(() -> new IllegalStateException("A part is no frame in " + this)));
        }
        return parts;
    }

    int size() {
        return HEAD_BYTES + content.length;
    }

    /// As it stands on disk.
    byte[] encoded() {
        byte[] bytes = new byte[size()];
        ByteBuffer out = ByteBuffer.wrap(bytes);
        out.putInt(bytes.length - PREFIX_BYTES).putInt(0);
        out.put(kind.code).putLong(sequence).put(content);
        out.putInt(4, checksum(bytes, PREFIX_BYTES, bytes.length - PREFIX_BYTES));
        return bytes;
    }

    /// Reads the frame at the buffer's position and moves behind it.
    ///
    /// @return empty where no whole, undamaged frame stands there: the position has not moved then
    /// @throws IllegalStateException where a newer Hearth's stands: taken for a torn one it would hide what follows
    static Optional<Frame> read(ByteBuffer in) {
        int start = in.position();
        if (in.remaining() < HEAD_BYTES) {
            return Optional.empty();
        }
        int length = in.getInt(start);
        if (length < HEAD_BYTES - PREFIX_BYTES || length > in.remaining() - PREFIX_BYTES) {
            return Optional.empty();
        }
        byte[] rest = new byte[length];
        in.get(start + PREFIX_BYTES, rest);
        if (checksum(rest, 0, length) != in.getInt(start + 4)) {
            return Optional.empty();
        }
        Kind kind = Kind.of(rest[0])
                .orElseThrow(() -> new IllegalStateException("The journal of events holds a frame of kind " + rest[0]
                        + ", which this Hearth does not know: a newer one wrote it. Start that one."));
        in.position(start + PREFIX_BYTES + length);
        byte[] content = new byte[length - (HEAD_BYTES - PREFIX_BYTES)];
        System.arraycopy(rest, HEAD_BYTES - PREFIX_BYTES, content, 0, content.length);
        return Optional.of(new Frame(kind, ByteBuffer.wrap(rest).getLong(1), content));
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        var crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    @Override
    public String toString() {
        return kind + " " + sequence + ", " + content.length + " bytes";
    }
}
