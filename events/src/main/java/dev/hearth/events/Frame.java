package dev.hearth.events;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/// What the journal is made of: one fact about one entry.
///
/// On disk: length (4 bytes, of what follows the checksum), CRC-32C of the rest (4), kind (1), sequence number
/// (8), content. Big-endian.
///
/// @param kind     what it says
/// @param sequence the entry; never the same for two
/// @param content  empty for [Kind#GONE]
record Frame(Kind kind, long sequence, byte[] content) {
    /// Before the content.
    static final int HEAD_BYTES = 4 + 4 + 1 + 8;

    private static final int PREFIX_BYTES = 8;

    /// The largest content there can be: beyond it a length is a torn one.
    static final int CONTENT_MAX = 32 << 20;

    private static final byte[] NOTHING = {};

    enum Kind {
        /// The entry itself; written again when its segment is given up.
        BODY(1),
        /// Where the entry is in its life; the last one holds.
        STANDING(2),
        /// The entry is no more.
        GONE(3);

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
    static Optional<Frame> read(ByteBuffer in) {
        int start = in.position();
        if (in.remaining() < HEAD_BYTES) {
            return Optional.empty();
        }
        int length = in.getInt(start);
        boolean possible = length >= HEAD_BYTES - PREFIX_BYTES
                && length <= CONTENT_MAX + HEAD_BYTES - PREFIX_BYTES
                && length <= in.remaining() - PREFIX_BYTES;
        if (!possible) {
            return Optional.empty();
        }
        byte[] rest = new byte[length];
        in.get(start + PREFIX_BYTES, rest);
        Optional<Kind> kind = Kind.of(rest[0]);
        if (checksum(rest, 0, length) != in.getInt(start + 4) || kind.isEmpty()) {
            return Optional.empty();
        }
        in.position(start + PREFIX_BYTES + length);
        byte[] content = new byte[length - (HEAD_BYTES - PREFIX_BYTES)];
        System.arraycopy(rest, HEAD_BYTES - PREFIX_BYTES, content, 0, content.length);
        return Optional.of(new Frame(kind.get(), ByteBuffer.wrap(rest).getLong(1), content));
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
