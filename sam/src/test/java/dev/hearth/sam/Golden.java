package dev.hearth.sam;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Test data beside the tests.
final class Golden {
    private Golden() {}

    static String text(String name) {
        try (var in = requireNonNull(Golden.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Value yaml(String name) {
        return YamlReader.read(text(name));
    }
}
