package dev.hearth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// Logs that real interpreters wrote, with our hooks in place. The example functions are told in the tests.
final class Recorded {
    private Recorded() {}

    static List<String> lines(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Recorded.class.getResourceAsStream("explain/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    /// A package with these files: names and contents in turn.
    static byte[] zip(String... namesAndContents) {
        var zip = new ZipWriter();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            zip.add(
                    namesAndContents[i],
                    ZipWriter.REGULAR,
                    namesAndContents[i + 1].getBytes(StandardCharsets.ISO_8859_1));
        }
        return zip.finish();
    }

    static DependencyCost named(List<DependencyCost> costs, String owner) {
        return costs.stream()
                .filter(cost -> cost.owner().name().equals(owner))
                .findFirst()
                .orElseThrow(() -> new AssertionError(owner + " is not among " + costs));
    }
}
