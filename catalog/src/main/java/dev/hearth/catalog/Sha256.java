package dev.hearth.catalog;

import dev.hearth.model.CodeRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Digests that name packages.
final class Sha256 {
    private static final int BUFFER_BYTES = 64 * 1024;

    private Sha256() {}

    /// In lower-case hexadecimal.
    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    /// Copies a stream into a new file and names what it held.
    ///
    /// @throws dev.hearth.model.ApiException when it holds more than the limit
    static CodeRef copy(InputStream in, Path target, long limitBytes) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        try (OutputStream out =
                Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes += count;
                if (bytes > limitBytes) {
                    throw Refusal.tooLargeZip(limitBytes);
                }
                digest.update(buffer, 0, count);
                out.write(buffer, 0, count);
            }
        }
        if (bytes == 0) {
            throw Refusal.empty();
        }
        return new CodeRef(HexFormat.of().formatHex(digest.digest()), bytes);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
