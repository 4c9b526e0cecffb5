package dev.hearth.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The results are files whose diff shows what a change of policy did. `-Dhearth.regenerate=true` writes them anew;
/// that of the 500 functions, which takes a minute, only `simulation/run` writes.
class ResultsTest {
    private static final Path RESULTS = Path.of("results");

    @Test
    void keepAlivePoliciesDoToAHundredFunctionsWhatTheFileSays() throws IOException {
        compare("keep-alive-100.txt", KeepAliveReport.of(TraceReader.bundled("azure2019_100")));
    }

    @Test
    void scalingSignalsDoWithABurstWhatTheFileSays() throws IOException {
        compare("scaling-signals.txt", BurstReport.of());
    }

    private static void compare(String file, String text) throws IOException {
        if (Boolean.getBoolean("hearth.regenerate")) {
            Files.writeString(RESULTS.resolve(file), text);
        }
        assertThat(Files.readString(RESULTS.resolve(file))).isEqualTo(text);
    }
}
