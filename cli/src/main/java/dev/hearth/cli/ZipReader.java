package dev.hearth.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Reads a zip with the unix modes of its entries, which the JDK's own reader does not show.
final class ZipReader {
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int CENTRAL = 0x02014b50;
    private static final int MADE_BY_UNIX = 3;
    /// AWS's limit for unpacked code.
    private static final long LARGEST = 262_144_000;

    /// @param mode type and permissions as in `stat`; 0 where the zip has none
    record Entry(String name, int mode, byte[] content) {
        boolean isDirectory() {
            return name.endsWith("/");
        }

        @Override
        public String toString() {
            return "Entry[" + name + "]";
        }
    }

    private final ByteBuffer in;
    private long total;

    private ZipReader(byte[] zip) {
        this.in = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// @throws IOException when it is no zip, one of a kind that functions cannot have, or too large unpacked
    static List<Entry> read(byte[] zip) throws IOException {
        try {
            return new ZipReader(zip).entries();
        } catch (IndexOutOfBoundsException | IllegalArgumentException | DataFormatException e) {
            throw new IOException("the zip is damaged", e);
        }
    }

    private List<Entry> entries() throws IOException, DataFormatException {
        int end = in.capacity() - END_BYTES;
        while (end >= 0 && in.getInt(end) != END) {
            end--;
        }
        if (end < 0) {
            throw new IOException("it is not a zip");
        }
        var entries = new ArrayList<Entry>();
        int at = in.getInt(end + 16);
        for (int left = Short.toUnsignedInt(in.getShort(end + 10)); left > 0; left--) {
            if (in.getInt(at) != CENTRAL) {
                throw new IOException("the zip is damaged");
            }
            int name = Short.toUnsignedInt(in.getShort(at + 28));
            entries.add(entry(at, text(at + 46, name)));
            at += 46 + name + Short.toUnsignedInt(in.getShort(at + 30)) + Short.toUnsignedInt(in.getShort(at + 32));
        }
        return entries;
    }

    private Entry entry(int at, String name) throws IOException, DataFormatException {
        boolean unix = in.get(at + 5) == MADE_BY_UNIX;
        int mode = unix ? in.getInt(at + 38) >>> 16 : 0;
        int size = in.getInt(at + 24);
        total += Integer.toUnsignedLong(size);
        if (total > LARGEST) {
            throw new IOException("it is larger than 250 MB unpacked");
        }
        int local = in.getInt(at + 42);
        int start = local
                + 30
                + Short.toUnsignedInt(in.getShort(local + 26))
                + Short.toUnsignedInt(in.getShort(local + 28));
        byte[] content = content(in.getShort(at + 10), bytes(start, in.getInt(at + 20)), size);
        if (content.length != size) {
            throw new IOException("the zip is damaged");
        }
        return new Entry(name, mode, content);
    }

    private static byte[] content(int method, byte[] data, int size) throws IOException, DataFormatException {
        return switch (method) {
            case 0 -> data;
            case 8 -> inflate(data, size);
            default -> throw new IOException("it is packed in a way that is not known here (method " + method + ")");
        };
    }

    private static byte[] inflate(byte[] data, int size) throws IOException, DataFormatException {
        try (var inflater = new Inflater(true)) {
            inflater.setInput(data);
            byte[] content = new byte[size];
            int length = 0;
            while (length < size) {
                int more = inflater.inflate(content, length, size - length);
                if (more == 0) {
                    throw new IOException("the zip is damaged");
                }
                length += more;
            }
            return content;
        }
    }

    private String text(int at, int length) {
        return new String(bytes(at, length), StandardCharsets.UTF_8);
    }

    /// Looks where they end before it makes room for them.
    private byte[] bytes(int at, int length) {
        Objects.checkFromIndexSize(at, length, in.capacity());
        byte[] bytes = new byte[length];
        in.get(at, bytes);
        return bytes;
    }
}
