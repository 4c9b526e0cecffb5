package dev.hearth.catalog;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// Reads a zip (or jar) as its central directory describes it, one entry after the other in bounded memory,
/// with the Unix modes that `java.util.zip` keeps to itself. One thread.
///
/// What is wrong with the zip is an [dev.hearth.model.ApiException]; an [IOException] is the disk's.
final class ZipReader implements AutoCloseable {
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final FileChannel file;
    private final ZipEnd end;

    private ZipReader(FileChannel file, ZipEnd end) {
        this.file = file;
        this.end = end;
    }

    static ZipReader open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new ZipReader(file, ZipEnd.find(file));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /// How many entries the zip says it has; [#forEach] never gives more.
    long entries() {
        return end.entries();
    }

    /// Gives each entry to `action`, in the order of the directory.
    void forEach(Consumer<ZipEntryHead> action) throws IOException {
        InputStream in = new BufferedInputStream(
                new ChannelRange(file, end.directoryStart(), end.directoryBytes()), BUFFER_BYTES);
        for (long i = 0; i < end.entries(); i++) {
            ByteBuffer fixed = take(in, ZipEntryHead.FIXED_BYTES);
            if (fixed.getInt(0) != ZipEntryHead.SIGNATURE) {
                throw Refusal.unreadable();
            }
            ByteBuffer rest = take(in, ZipEnd.u16(fixed, 28) + ZipEnd.u16(fixed, 30) + ZipEnd.u16(fixed, 32));
            action.accept(ZipEntryHead.read(fixed, rest));
        }
    }

    /// The unpacked content of an entry; damaged content fails with [java.util.zip.ZipException] or
    /// [java.io.EOFException].
    InputStream content(ZipEntryHead entry) throws IOException {
        long headAt = end.shift() + entry.offset();
        if (headAt < 0 || headAt > end.directoryStart()) {
            throw Refusal.unreadable();
        }
        ByteBuffer head = ZipEnd.read(file, headAt, LOCAL_BYTES);
        if (head.getInt(0) != LOCAL_SIGNATURE) {
            throw Refusal.unreadable();
        }
        long dataAt = headAt + LOCAL_BYTES + ZipEnd.u16(head, 26) + ZipEnd.u16(head, 28);
        if (entry.compressedBytes() > end.directoryStart() - dataAt) {
            throw Refusal.unreadable();
        }
        InputStream packed = new ChannelRange(file, dataAt, entry.compressedBytes());
        return entry.method() == ZipEntryHead.STORED ? packed : inflating(packed);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static InputStream inflating(InputStream packed) {
        var inflater = new Inflater(true);
        return new InflaterInputStream(packed, inflater, BUFFER_BYTES) {
            @Override
            public void close() throws IOException {
                super.close();
                inflater.end();
            }
        };
    }

    private static ByteBuffer take(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw Refusal.unreadable();
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
