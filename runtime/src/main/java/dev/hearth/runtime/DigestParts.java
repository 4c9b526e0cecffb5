package dev.hearth.runtime;

import dev.hearth.model.FunctionVersion;
import dev.hearth.model.LayerRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// A SHA-256 over parts that cannot run into one another.
final class DigestParts {
    private final MessageDigest digest = sha256();

    void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    void add(byte[] bytes) {
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    /// The package and the layers, in their order.
    void addCode(FunctionVersion version) {
        add(version.code().sha256());
        for (LayerRef layer : version.settings().layers()) {
            add(layer.code().sha256());
        }
    }

    /// Who can change it can change what a training loads and writes; that must not become another function's.
    void addEnvironment(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((name, value) -> {
            add(name);
            add(value);
        });
    }

    String digest() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
