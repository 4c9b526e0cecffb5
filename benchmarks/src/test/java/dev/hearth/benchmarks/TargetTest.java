package dev.hearth.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TargetTest {
    private static final Path HOME = Path.of("").toAbsolutePath();

    @Test
    void everyTargetHasItsFolder() throws IOException {
        for (String name : Target.ALL) {
            assertThat(Target.load(HOME, name).folder().resolve("start")).exists();
        }
    }

    @Test
    void functionIsReadFromThePath() throws IOException {
        assertThat(Target.load(HOME, "rie").function()).isEqualTo("function");
        assertThat(Target.load(HOME, "hearth").function()).isEqualTo("hello");
        assertThat(Target.load(HOME, "bare").function()).isEmpty();
    }

    @Test
    void targetsThatAreDeployedByTheirStartSayWhatTheyRun() throws IOException {
        assertThat(Target.load(HOME, "rie").handler()).isEqualTo("Go");
        assertThat(Target.load(HOME, "serverless-offline").handler()).isEqualTo("Node.js");
    }
}
