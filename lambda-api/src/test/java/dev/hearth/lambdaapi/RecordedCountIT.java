package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.HttpServer;
import dev.hearth.model.SystemClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Counts the recorded scenarios that pass strictly; `bin/recorded` prints what it finds.
class RecordedCountIT {
    /// This number only goes up.
    private static final int PASSING = 114;

    private static final Path REPORT = Path.of("target", "recorded.txt");

    /// What functions in sandboxes answered as recorded: `RecordedFunctionsIT` of `conformance` wrote it, where it ran.
    private static Set<String> elsewhere() throws IOException {
        String file = System.getProperty("hearth.recorded.functions", "");
        return file.isEmpty() ? Set.of() : Set.copyOf(Files.readAllLines(Path.of(file)));
    }

    @Test
    void asManyScenariosPassAsEver() throws IOException {
        Replay.Tally tally = new Replay.Tally().play();
        var address = new InetSocketAddress("127.0.0.1", 0);
        try (var store = HttpServer.start(address, SystemClock.INSTANCE, FakeStore::answer);
                var s3 = new S3Source(
                        URI.create("http://127.0.0.1:" + store.port()),
                        "us-east-1",
                        Optional.empty(),
                        SystemClock.INSTANCE)) {
            new S3Scenarios(tally, s3).play();
        }

        RecordedCount count = RecordedCount.of(tally);
        Files.write(REPORT, RecordedCount.of(tally, elsewhere()).report());
        assertThat(count.passing()).as(String.join("\n", count.report())).isEqualTo(PASSING);
    }
}
