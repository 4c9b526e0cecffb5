package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.cli.HearthCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// docs/cli.md is what the commands say of themselves. To write it anew:
/// `./mvnw -pl server -am test -Dtest=CliReferenceTest -Dsurefire.failIfNoSpecifiedTests=false
/// -Dhearth.regenerate=true`.
class CliReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "cli.md");

    @Test
    void referencePageIsWhatTheCommandsSayOfThemselves() throws IOException {
        String reference = HearthCommand.reference(HearthCommand.commandLine(Main.commands()));

        if (Boolean.getBoolean("hearth.regenerate")) {
            Files.writeString(PAGE, reference);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/cli.md is out of date; the comment on CliReferenceTest says how to write it anew")
                .isEqualTo(reference);
    }
}
