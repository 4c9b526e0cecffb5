package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalExtensionsTest {
    private static final LaunchPlan PLAN = new LaunchPlan(List.of("python", "-m", "it"), Map.of("A", "b"), List.of());

    @Test
    void filesInExtensionsAreExtensionsInTheOrderOfTheirNames(@TempDir Path layers) throws Exception {
        assertThat(ExternalExtensions.names(layers)).isEmpty();
        Path directory = Files.createDirectory(layers.resolve("extensions"));
        Files.createFile(directory.resolve("watch"));
        Files.createFile(directory.resolve("count"));
        Files.createDirectory(directory.resolve("lib"));
        assertThat(ExternalExtensions.names(layers)).containsExactly("count", "watch");
    }

    @Test
    void tenAreStartedBesideTheRuntimeAndElevenAreNot() {
        assertThat(ExternalExtensions.addTo(PLAN, names(10))).isInstanceOfSatisfying(Launch.Planned.class, planned -> {
            assertThat(planned.plan().extensions()).hasSize(10);
            assertThat(planned.plan().environment()).isEqualTo(PLAN.environment());
            assertThat(planned.plan().command()).endsWith("extension-9", "--", "python", "-m", "it");
        });
        assertThat(ExternalExtensions.addTo(PLAN, names(11)))
                .isEqualTo(new Launch.InvalidEntrypoint("Extension.TooManyExtensions", "Extension limit (10) reached"));
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "extension-" + i).toList();
    }
}
