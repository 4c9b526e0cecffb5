package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.catalog.CodeStore;
import dev.hearth.catalog.SqliteCatalog;
import dev.hearth.model.Limits;
import dev.hearth.model.SystemClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The recorded scenarios over the catalog and the code store that the server has.
class RecordedReplayIT {
    @TempDir
    Path directory;

    private final List<SqliteCatalog> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(SqliteCatalog::close);
    }

    private TestApi open() {
        Path place = directory.resolve(Integer.toString(opened.size()));
        SqliteCatalog catalog = SqliteCatalog.open(place.resolve("catalog"));
        opened.add(catalog);
        try {
            var store = CodeStore.open(place.resolve("code"), Limits.AWS, SystemClock.INSTANCE);
            return TestApi.pending(catalog, CodePackages.of(store));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void answersAreTheRecordedOnes() {
        Replay.Tally tally = new Replay.Tally(this::open).play();

        assertThat(tally.different).isEmpty();
        assertThat(tally.same).isEqualTo(RecordedReplayTest.SAME);
    }
}
