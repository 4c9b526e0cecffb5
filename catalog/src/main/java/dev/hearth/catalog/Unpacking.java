package dev.hearth.catalog;

import dev.hearth.catalog.PackagePlan.Node;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/// Unpacks one zip into a fresh directory. One thread.
final class Unpacking {
    /// AWS does not say how many it takes; a package of 250 MB has a tenth of this.
    static final int MOST_NODES = 100_000;

    private final ZipReader zip;
    private final long limitBytes;
    private final byte[] buffer = new byte[64 * 1024];
    private long unpackedBytes;

    private Unpacking(ZipReader zip, long limitBytes) {
        this.zip = zip;
        this.limitBytes = limitBytes;
    }

    /// Unpacks a zip.
    ///
    /// @param root       made here; must not exist. On failure what is there is the caller's to delete
    /// @param limitBytes the most that its files may hold together, counted while they are inflated
    /// @throws dev.hearth.model.ApiException when the zip may not be unpacked
    static void unpack(Path file, Path root, long limitBytes) throws IOException {
        try (ZipReader zip = ZipReader.open(file)) {
            PackagePlan plan = PackagePlan.of(zip, MOST_NODES);
            Files.createDirectory(root);
            var unpacking = new Unpacking(zip, limitBytes);
            for (var place : plan.nodes().entrySet()) {
                unpacking.make(inside(root, place.getKey()), place.getValue());
            }
            Trees.closeDirectories(root);
        }
    }

    private static Path inside(Path root, String path) throws IOException {
        try {
            return root.resolve(path);
        } catch (InvalidPathException e) {
            throw new IOException(
                    "Cannot make the file '" + path + "': the locale of this process has no such characters."
                            + " Start Hearth with LC_ALL=C.UTF-8.",
                    e);
        }
    }

    private void make(Path path, Node node) throws IOException {
        switch (node) {
            case Node.Directory d -> Files.createDirectory(path);
            case Node.Link(String target) -> Files.createSymbolicLink(path, inside(Path.of(""), target));
            case Node.RegularFile(ZipEntryHead entry, boolean executable) -> {
                write(entry, path);
                Files.setLastModifiedTime(path, FileTime.from(entry.modified()));
                Files.setPosixFilePermissions(path, executable ? Trees.READ_EXECUTE : Trees.READ);
            }
        }
    }

    private void write(ZipEntryHead entry, Path path) throws IOException {
        if (entry.bytes() > limitBytes - unpackedBytes) {
            throw Refusal.tooLargeUnpacked(limitBytes);
        }
        var checksum = new CRC32();
        long bytes = 0;
        try (InputStream in = zip.content(entry);
                OutputStream out =
                        Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int count = read(in); count >= 0; count = read(in)) {
                bytes += count;
                unpackedBytes += count;
                if (unpackedBytes > limitBytes) {
                    throw Refusal.tooLargeUnpacked(limitBytes);
                }
                if (bytes > entry.bytes()) {
                    throw Refusal.unreadable();
                }
                checksum.update(buffer, 0, count);
                out.write(buffer, 0, count);
            }
        }
        if (bytes != entry.bytes() || checksum.getValue() != entry.crc32()) {
            throw Refusal.unreadable();
        }
    }

    private int read(InputStream in) throws IOException {
        try {
            return in.read(buffer);
        } catch (ZipException | EOFException e) {
            throw Refusal.unreadable();
        }
    }
}
