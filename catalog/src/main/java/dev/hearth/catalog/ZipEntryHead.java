package dev.hearth.catalog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// What a central header says about an entry.
///
/// @param path            where it belongs
/// @param method          0 stored, 8 deflated
/// @param crc32           of the unpacked content
/// @param compressedBytes length in the zip
/// @param bytes           length unpacked, as claimed
/// @param offset          of the local header, counted from the start of the zip
/// @param unixMode        file type and permissions as in `stat(2)`; 0 where the zip does not tell
/// @param modified        last change
record ZipEntryHead(
        EntryPath path,
        int method,
        long crc32,
        long compressedBytes,
        long bytes,
        long offset,
        int unixMode,
        Instant modified) {
    static final int SIGNATURE = 0x02014b50;
    static final int FIXED_BYTES = 46;
    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final int ENCRYPTED = 1;
    private static final int UNIX = 3;
    private static final int MACOS = 19;
    private static final int ZIP64_FIELD = 0x0001;
    private static final int TIME_FIELD = 0x5455;
    private static final long IN_ZIP64 = 0xFFFF_FFFFL;

    /// @param fixed its first 46 bytes
    /// @param rest  name and extra fields
    static ZipEntryHead read(ByteBuffer fixed, ByteBuffer rest) {
        byte[] name = new byte[ZipEnd.u16(fixed, 28)];
        rest.get(0, name);
        EntryPath path = EntryPath.parse(name);
        ByteBuffer extra = rest.slice(name.length, ZipEnd.u16(fixed, 30)).order(ByteOrder.LITTLE_ENDIAN);
        if ((ZipEnd.u16(fixed, 8) & ENCRYPTED) != 0) {
            throw Refusal.entry(path.text(), "is encrypted; zip it without a password.");
        }
        int method = ZipEnd.u16(fixed, 10);
        if (method != STORED && method != DEFLATED) {
            throw Refusal.entry(path.text(), "is packed with method " + method + "; use deflate.");
        }
        long[] sizes = sizes(fixed, extra);
        return new ZipEntryHead(
                path,
                method,
                ZipEnd.u32(fixed, 16),
                sizes[1],
                sizes[0],
                sizes[2],
                unixMode(fixed),
                modified(fixed, extra));
    }

    private static int unixMode(ByteBuffer fixed) {
        int host = fixed.get(5);
        return host == UNIX || host == MACOS ? ZipEnd.u16(fixed, 40) : 0;
    }

    /// Unpacked length, packed length and offset; what did not fit into 32 bits stands in a zip64 field.
    private static long[] sizes(ByteBuffer fixed, ByteBuffer extra) {
        long[] sizes = {ZipEnd.u32(fixed, 24), ZipEnd.u32(fixed, 20), ZipEnd.u32(fixed, 42)};
        ByteBuffer large = field(extra, ZIP64_FIELD);
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == IN_ZIP64) {
                if (large.remaining() < Long.BYTES) {
                    throw Refusal.unreadable();
                }
                sizes[i] = large.getLong();
            }
            if (sizes[i] < 0) {
                throw Refusal.unreadable();
            }
        }
        return sizes;
    }

    private static Instant modified(ByteBuffer fixed, ByteBuffer extra) {
        ByteBuffer time = field(extra, TIME_FIELD);
        boolean hasTime = time.remaining() >= 5 && (time.get(time.position()) & 1) != 0;
        return hasTime ? Instant.ofEpochSecond(time.getInt(time.position() + 1)) : dosTime(fixed);
    }

    private static Instant dosTime(ByteBuffer fixed) {
        int time = ZipEnd.u16(fixed, 12);
        int date = ZipEnd.u16(fixed, 14);
        try {
            return LocalDateTime.of(
                            1980 + (date >> 9),
                            (date >> 5) & 15,
                            date & 31,
                            time >> 11,
                            (time >> 5) & 63,
                            Math.min(59, (time & 31) * 2))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return Instant.EPOCH; // zips made to be reproducible leave the date out
        }
    }

    private static ByteBuffer field(ByteBuffer extra, int id) {
        int at = 0;
        while (at + 4 <= extra.limit()) {
            int length = ZipEnd.u16(extra, at + 2);
            if (at + 4 + length > extra.limit()) {
                break;
            }
            if (ZipEnd.u16(extra, at) == id) {
                return extra.slice(at + 4, length).order(ByteOrder.LITTLE_ENDIAN);
            }
            at += 4 + length;
        }
        return ByteBuffer.allocate(0);
    }
}
