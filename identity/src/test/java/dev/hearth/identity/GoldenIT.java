package dev.hearth.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each file in `golden/` is a case, see [GoldenFile]. After a change that is meant, run with `GOLDEN_WRITE=1` in the
/// environment and read the diff.
class GoldenIT {
    private static final Path DIRECTORY = Path.of("src/test/resources/golden");

    @TempDir
    private Path catalog;

    static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersAreAsWritten(Path file) throws IOException {
        GoldenFile golden = GoldenFile.read(file);
        String actual;
        try (var identity = new TestIdentity(catalog)) {
            actual = golden.play(identity);
        }
        if (System.getenv("GOLDEN_WRITE") != null) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }

    @Test
    void everyOperationHasACase() throws IOException {
        var all = new StringBuilder();
        for (Path file : cases()) {
            all.append(Files.readString(file));
        }
        for (String names : List.of(StsOperation.names(), IamOperation.names())) {
            for (String name : names.split(", ")) {
                assertThat(all).contains("\nAction=" + name + "\n").contains("<" + name + "Response ");
            }
        }
    }
}
