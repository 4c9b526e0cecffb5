package dev.hearth.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");

    /// `-Dhearth.regenerate=true` writes the page anew.
    @Test
    void pageListsTheMetricsAsTheyAreDeclared() throws IOException {
        if (Boolean.getBoolean("hearth.regenerate")) {
            Files.writeString(PAGE, MetricsReference.page());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(MetricsReference.page());
    }
}
