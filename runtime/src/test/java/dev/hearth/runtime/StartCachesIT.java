package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCachesIT {
    private static final String ARCHIVE = "archive";

    @TempDir
    private Path directory;

    private StartCaches caches;

    @BeforeEach
    void open() throws IOException {
        caches = StartCaches.open(directory.resolve("java"), ARCHIVE, 100);
    }

    private Path begun(int bytes) throws IOException {
        Path fresh = caches.begin();
        Files.write(fresh.resolve("more"), new byte[0]);
        Files.write(fresh.resolve(ARCHIVE), new byte[bytes]);
        return fresh;
    }

    private void keep(String name, int bytes, Duration unused) throws IOException {
        caches.keep(begun(bytes), name);
        Files.setLastModifiedTime(
                directory.resolve("java").resolve(name),
                FileTime.from(Instant.now().minus(unused)));
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(directory.resolve("java"))) {
            return Set.copyOf(
                    entries.map(entry -> entry.getFileName().toString()).toList());
        }
    }

    @Test
    void archiveIsFoundOnlyWhenItIsComplete() throws IOException {
        Path fresh = begun(1);
        assertThat(caches.find("code-key")).isEmpty();
        caches.keep(fresh, "code-key");
        assertThat(caches.find("code-key"))
                .hasValueSatisfying(found -> assertThat(found.resolve(ARCHIVE)).isNotEmptyFile());
        assertThat(names()).containsExactly("code-key");
    }

    @Test
    void whatAKilledServerLeftHalfMadeGoesAtTheNextStart() throws IOException {
        begun(1);
        keep("code-key", 1, Duration.ZERO);
        StartCaches.open(directory.resolve("java"), ARCHIVE, 100).recover(Set.of("code"));
        assertThat(names()).containsExactly("code-key");
    }

    @Test
    void archiveOfCodeThatIsNotDeployedAnyMoreGoesAtTheNextStart() throws IOException {
        keep("here-1", 1, Duration.ZERO);
        keep("here-2", 1, Duration.ZERO);
        keep("gone-1", 1, Duration.ZERO);
        caches.recover(Set.of("here"));
        assertThat(names()).containsExactlyInAnyOrder("here-1", "here-2");
    }

    @Test
    void beyondTheLimitTheArchiveUnusedForTheLongestTimeGoes() throws IOException {
        keep("code-old", 60, Duration.ofDays(3));
        keep("code-older", 40, Duration.ofDays(2));
        assertThat(names()).containsExactlyInAnyOrder("code-old", "code-older");
        assertThat(caches.find("code-old")).isPresent(); // used again
        keep("code-new", 1, Duration.ZERO);
        assertThat(names()).containsExactlyInAnyOrder("code-old", "code-new");
    }

    @Test
    void archiveThatWasUsedJustNowStaysHoweverLargeTheRestIs() throws IOException {
        keep("code-busy", 90, Duration.ofMinutes(10));
        keep("code-new", 90, Duration.ZERO);
        assertThat(names()).containsExactlyInAnyOrder("code-busy", "code-new");
    }

    @Test
    void secondArchiveOfTheSameNameLeavesTheFirst() throws IOException {
        keep("code-key", 7, Duration.ZERO);
        Path second = begun(8);
        caches.keep(second, "code-key");
        caches.abandon(second);
        assertThat(caches.find("code-key"))
                .hasValueSatisfying(found -> assertThat(found.resolve(ARCHIVE)).hasSize(7));
        assertThat(names()).containsExactly("code-key");
    }
}
