package dev.hearth.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes a zip with unix modes whose bytes depend on nothing but the names, modes and contents of its entries.
///
/// The JDK's own writer knows no unix modes, so that executables and symbolic links would be lost.
final class ZipWriter {
    static final int REGULAR = 0100644;
    static final int EXECUTABLE = 0100755;
    static final int SYMBOLIC_LINK = 0120777;

    private static final int MOST_ENTRIES = 0xFFFF;
    private static final short VERSION_NEEDED = 20;
    private static final short MADE_BY_UNIX = (3 << 8) | VERSION_NEEDED;
    private static final short NAMES_ARE_UTF_8 = 1 << 11;
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final short STORED = 0;
    private static final short DEFLATED = 8;
    /// The first day a zip can name, 1980-01-01 00:00.
    private static final int FIXED_TIME = 0x0021_0000;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private int entries;

    /// A writer that adds to an archive, whose entries stay as they are.
    ///
    /// @throws IllegalArgumentException when it is no zip, or one of the kind for more than 4 GB
    static ZipWriter appendingTo(byte[] zip) {
        ByteBuffer in = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int end = zip.length - END_BYTES;
        while (end >= 0 && in.getInt(end) != END) {
            end--;
        }
        if (end < 0 || in.getShort(end + 10) == (short) MOST_ENTRIES || in.getInt(end + 16) < 0) {
            throw new IllegalArgumentException("not a zip that can be added to");
        }
        var writer = new ZipWriter();
        writer.entries = Short.toUnsignedInt(in.getShort(end + 10));
        int start = in.getInt(end + 16);
        writer.out.write(zip, 0, start);
        writer.directory.write(zip, start, in.getInt(end + 12));
        return writer;
    }

    /// Adds an entry.
    ///
    /// @param mode type and permissions as in `stat`
    void add(String name, int mode, byte[] content) {
        if (++entries > MOST_ENTRIES) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "The package has more than " + MOST_ENTRIES
                            + " files, which is more than a zip can name: leave out what the function does not need, or bundle it.");
        }
        byte[] deflated = deflate(content);
        boolean smaller = deflated.length < content.length;
        byte[] data = smaller ? deflated : content;
        var crc = new CRC32();
        crc.update(content);

        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] common = little(26)
                .putShort(VERSION_NEEDED)
                .putShort(NAMES_ARE_UTF_8)
                .putShort(smaller ? DEFLATED : STORED)
                .putInt(FIXED_TIME)
                .putInt((int) crc.getValue())
                .putInt(data.length)
                .putInt(content.length)
                .putShort((short) nameBytes.length)
                .putShort((short) 0)
                .array();
        addToDirectory(common, nameBytes, mode, out.size());
        out.writeBytes(little(4).putInt(0x04034b50).array());
        out.writeBytes(common);
        out.writeBytes(nameBytes);
        out.writeBytes(data);
    }

    /// The whole archive.
    byte[] finish() {
        int start = out.size();
        out.writeBytes(directory.toByteArray());
        out.writeBytes(little(END_BYTES)
                .putInt(END)
                .putInt(0)
                .putShort((short) entries)
                .putShort((short) entries)
                .putInt(directory.size())
                .putInt(start)
                .putShort((short) 0)
                .array());
        return out.toByteArray();
    }

    private void addToDirectory(byte[] common, byte[] name, int mode, int offset) {
        directory.writeBytes(little(6).putInt(0x02014b50).putShort(MADE_BY_UNIX).array());
        directory.writeBytes(common);
        directory.writeBytes(little(14)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(mode << 16)
                .putInt(offset)
                .array());
        directory.writeBytes(name);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] deflate(byte[] content) {
        try (var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setInput(content);
            deflater.finish();
            var deflated = new ByteArrayOutputStream(content.length / 2 + 64);
            byte[] buffer = new byte[65_536];
            while (!deflater.finished()) {
                deflated.write(buffer, 0, deflater.deflate(buffer));
            }
            return deflated.toByteArray();
        }
    }
}
