package dev.hearth.catalog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/// The end of a zip, which says where its directory is.
///
/// @param directoryStart position of the first central header in the file
/// @param directoryBytes length of all central headers together
/// @param entries        how many there are said to be
/// @param shift          bytes that stand before the zip in the file (a launcher in front of a jar): every offset
///                       in the zip is counted from there
record ZipEnd(long directoryStart, long directoryBytes, long entries, long shift) {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 65_535;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int END64_SIGNATURE = 0x06064b50;
    private static final int END64_BYTES = 56;

    /// Finds it.
    ///
    /// @throws dev.hearth.model.ApiException when this is not a zip
    static ZipEnd find(FileChannel file) throws IOException {
        long tailStart = Math.max(0, file.size() - END_BYTES - LONGEST_COMMENT);
        ByteBuffer tail = read(file, tailStart, (int) (file.size() - tailStart));
        for (int at = tail.capacity() - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END_SIGNATURE && at + END_BYTES + u16(tail, at + 20) <= tail.capacity()) {
                return read(file, tail, at, tailStart + at);
            }
        }
        throw Refusal.unreadable();
    }

    private static ZipEnd read(FileChannel file, ByteBuffer tail, int at, long position) throws IOException {
        long locatorAt = position - LOCATOR_BYTES;
        if (locatorAt >= 0) {
            ByteBuffer locator = read(file, locatorAt, LOCATOR_BYTES);
            if (locator.getInt(0) == LOCATOR_SIGNATURE) {
                return read64(file, locator.getLong(8), locatorAt);
            }
        }
        return checked(position, u32(tail, at + 12), u32(tail, at + 16), u16(tail, at + 10));
    }

    private static ZipEnd read64(FileChannel file, long end64At, long locatorAt) throws IOException {
        if (end64At < 0 || end64At > locatorAt - END64_BYTES) {
            throw Refusal.unreadable();
        }
        ByteBuffer end = read(file, end64At, END64_BYTES);
        if (end.getInt(0) != END64_SIGNATURE) {
            throw Refusal.unreadable();
        }
        return checked(end64At, end.getLong(40), end.getLong(48), end.getLong(32));
    }

    private static ZipEnd checked(long end, long bytes, long offset, long entries) {
        boolean fits = bytes >= 0 && offset >= 0 && entries >= 0 && bytes <= end && offset <= end - bytes;
        if (!fits) {
            throw Refusal.unreadable();
        }
        long start = end - bytes;
        return new ZipEnd(start, bytes, entries, start - offset);
    }

    static int u16(ByteBuffer buffer, int at) {
        return Short.toUnsignedInt(buffer.getShort(at));
    }

    static long u32(ByteBuffer buffer, int at) {
        return Integer.toUnsignedLong(buffer.getInt(at));
    }

    /// Reads exactly so many bytes; a zip that ends before is refused.
    static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw Refusal.unreadable();
            }
        }
        return buffer.flip();
    }
}
