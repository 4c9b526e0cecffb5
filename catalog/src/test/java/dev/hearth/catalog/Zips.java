package dev.hearth.catalog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/// Makes zips, good and bad, by a library that is not ours.
final class Zips {
    static final int FILE = 0100000;
    static final int LINK = 0120000;
    static final int PIPE = 0010000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipArchiveOutputStream out = new ZipArchiveOutputStream(bytes);

    static Zips zip() {
        return new Zips();
    }

    static byte[] of(String name, String content) {
        return zip().file(name, content).bytes();
    }

    Zips file(String name, String content) {
        return entry(name, 0, content.getBytes(StandardCharsets.UTF_8));
    }

    Zips file(String name, int permissions, String content) {
        return entry(name, FILE | permissions, content.getBytes(StandardCharsets.UTF_8));
    }

    Zips link(String name, String target) {
        return entry(name, LINK | 0777, target.getBytes(StandardCharsets.UTF_8));
    }

    Zips directory(String name) {
        return entry(name + "/", 0, new byte[0]);
    }

    Zips zip64() {
        out.setUseZip64(Zip64Mode.Always);
        return this;
    }

    Zips names(Charset charset) {
        out.setEncoding(charset.name());
        out.setUseLanguageEncodingFlag(false);
        return this;
    }

    /// @param mode file type and permissions; 0 leaves out that it comes from Unix
    Zips entry(String name, int mode, byte[] content) {
        try {
            var entry = new ZipArchiveEntry(name);
            entry.setLastModifiedTime(FileTime.from(Samples.TIME));
            if (mode != 0) {
                entry.setUnixMode(mode);
            }
            out.putArchiveEntry(entry);
            out.write(content);
            out.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        try {
            out.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
