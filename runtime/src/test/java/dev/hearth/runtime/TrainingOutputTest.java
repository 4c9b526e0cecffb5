package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingOutputTest {
    @TempDir
    private Path directory;

    private Optional<String> finish(int chunk, String written) throws IOException {
        try (TrainingOutput output = new TrainingOutput(directory.resolve("archive"))) {
            byte[] bytes = written.getBytes(UTF_8);
            for (int at = 0; at < bytes.length; at += chunk) {
                int count = Math.min(chunk, bytes.length - at);
                byte[] piece = new byte[chunk];
                System.arraycopy(bytes, at, piece, 0, count);
                output.take(piece, count);
            }
            return output.finish();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 11, 100})
    void archiveIsTakenHoweverItsBytesArrive(int chunk) throws IOException {
        assertThat(finish(chunk, "archive 7\n123\n567")).isEmpty();
        assertThat(directory.resolve("archive")).hasContent("123\n567");
    }

    @Test
    void reasonOfAFailureIsTheEndOfTheLog() throws IOException {
        assertThat(finish(4, "failed\nError: no memory\n"))
                .contains("nothing was made that can be used; it said last: Error: no memory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "archive 7\n123456",
                "archive 7\n12345678",
                "archive -1\n",
                "archive 99999999999\n",
                "hello\n"
            })
    void anythingElseIsRefused(String written) throws IOException {
        assertThat(finish(5, written)).isPresent();
    }

    @Test
    void outputWithoutALineBreakIsRefusedAndNotCollected() throws IOException {
        assertThat(finish(1000, "x".repeat(1_000_000)))
                .hasValueSatisfying(why -> assertThat(why).hasSizeLessThan(10_000));
    }
}
