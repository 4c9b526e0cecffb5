package dev.hearth.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Files of a function, to be zipped.
final class Code {
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    static Code of(String path, String text) {
        return new Code().with(path, text);
    }

    /// A `bootstrap` from a file on disk, as Go and Rust builds give one.
    static Code bootstrap(Path program) {
        try {
            return new Code().with("bootstrap", Files.readAllBytes(program));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Code with(String path, String text) {
        return with(path, text.getBytes(StandardCharsets.UTF_8));
    }

    Code with(String path, byte[] bytes) {
        files.put(path, bytes);
        return this;
    }

    /// A zip in which everything is executable.
    ///
    /// The JDK's zip writer cannot set Unix modes in its public API; the central directory is patched instead:
    /// "version made by" Unix, external attributes `0100755`.
    byte[] zip() {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return executable(out.toByteArray());
    }

    private static byte[] executable(byte[] zip) {
        int end = zip.length - 22;
        int at = littleEndian(zip, end + 16, 4);
        for (int count = littleEndian(zip, end + 10, 2); count > 0; count--) {
            zip[at + 5] = 3;
            int mode = 0100755 << 16;
            for (int i = 0; i < 4; i++) {
                zip[at + 38 + i] = (byte) (mode >>> (8 * i));
            }
            at += 46 + littleEndian(zip, at + 28, 2) + littleEndian(zip, at + 30, 2) + littleEndian(zip, at + 32, 2);
        }
        return zip;
    }

    private static int littleEndian(byte[] bytes, int at, int length) {
        int value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | (bytes[at + i] & 0xff);
        }
        return value;
    }
}
