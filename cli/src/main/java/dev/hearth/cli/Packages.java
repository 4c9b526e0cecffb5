package dev.hearth.cli;

import dev.hearth.sam.Spec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// The packages of a stack, each made once.
final class Packages {
    private final Map<Path, byte[]> zips = new HashMap<>();

    byte[] zip(Spec.Code code) {
        return switch (code) {
            case Spec.Code.Local local -> zip(local.path());
            case Spec.Code.Inline inline -> {
                var zip = new ZipWriter();
                zip.add(inline.file(), ZipWriter.REGULAR, inline.text().getBytes(StandardCharsets.UTF_8));
                yield zip.finish();
            }
        };
    }

    byte[] zip(Path path) {
        return zips.computeIfAbsent(path, p -> CodePackage.read(p).zip());
    }

    /// The digest as the Lambda API has it.
    static String sha256(byte[] zip) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(zip));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String base64(byte[] zip) {
        return Base64.getEncoder().encodeToString(zip);
    }
}
