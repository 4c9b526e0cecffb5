package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each file in `golden/` is a case: requests with the answers they get, see [GoldenFile]. After a change that is
/// meant, run with `GOLDEN_WRITE=1` in the environment and read the diff.
class GoldenTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/golden");

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
        String actual = golden.play();
        if (System.getenv("GOLDEN_WRITE") != null) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }

    @Test
    void everyOperationHasACaseForSuccessAndForAnError() throws IOException {
        List<String> names =
                cases().stream().map(file -> file.getFileName().toString()).toList();

        for (Route route : Routes.WORKING) {
            assertThat(names).anyMatch(name -> name.equals(route.operation() + ".txt"));
            if (!GoldenFile.WITHOUT_ERRORS.contains(route.operation())) {
                assertThat(names).anyMatch(name -> name.startsWith(route.operation() + "-error"));
            }
        }
    }
}
