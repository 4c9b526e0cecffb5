package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.CodeRef;
import dev.hearth.model.FunctionSettings;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.LayerRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an archive of classes is named by: each part that changes gives another name.
class JavaCacheKeyTest {
    @TempDir
    private Path directory;

    private Installation java;
    private JavaCacheKey key;
    private final FunctionVersion version = Versioned.of("java25", "a.Handler", Map.of("A", "1"));

    @BeforeEach
    void install() throws IOException {
        Files.writeString(directory.resolve("release"), "JAVA_RUNTIME_VERSION=\"25.0.3+9\"");
        Path bootstrap = Files.createDirectory(directory.resolve("lib"));
        Files.writeString(bootstrap.resolve("bootstrap.jar"), "old");
        java = new Installation("25.0.3", directory, directory.resolve("bin/java"));
        key = new JavaCacheKey(bootstrap);
    }

    private String of(FunctionVersion of, String... options) throws IOException {
        return key.of(of, java, List.of(options));
    }

    @Test
    void sameCodeUnderAnotherNameHasTheSameArchive() throws IOException {
        assertThat(of(version)).isEqualTo(of(Versioned.of("java25", "a.Handler", Map.of("A", "1"))));
    }

    @Test
    void nameBeginsWithTheDigestOfThePackage() throws IOException {
        assertThat(of(version.withCode(new CodeRef("abc", 1)))).startsWith("abc-");
    }

    @Test
    void eachPartThatChangesGivesAnotherName() throws IOException {
        Set<String> names = new HashSet<>(Set.of(
                of(version),
                of(version.withCode(new CodeRef("01", 1))),
                of(layered("x")),
                of(layered("x", "y")),
                of(layered("y", "x")),
                of(Versioned.of("java25", "b.Handler", Map.of("A", "1"))),
                of(Versioned.of("java25", "a.Handler", Map.of("A", "2"))),
                of(version, "-XX:+UseSerialGC")));
        Files.writeString(directory.resolve("release"), "JAVA_RUNTIME_VERSION=\"25.0.4+7\"");
        names.add(of(version));
        assertThat(names).hasSize(9);
    }

    @Test
    void startThatLogsItsClassesUsesTheArchiveOfOneThatDoesNot() throws IOException {
        String log = "-Xlog:class+load=info:stdout:uptimenanos,tid";
        assertThat(of(Versioned.of("java25", "a.Handler", Map.of("A", "1", "JAVA_TOOL_OPTIONS", log))))
                .isEqualTo(of(version));
        assertThat(of(Versioned.of("java25", "a.Handler", Map.of("JAVA_TOOL_OPTIONS", "-Dx=1 " + log))))
                .isEqualTo(of(Versioned.of("java25", "a.Handler", Map.of("JAVA_TOOL_OPTIONS", "-Dx=1"))));
        assertThat(of(Versioned.of("java25", "a.Handler", Map.of("A", "1", "JAVA_TOOL_OPTIONS", log + ":file=x"))))
                .isNotEqualTo(of(version));
    }

    @Test
    void bootstrapOfTheSameSizeThatChangesGivesAnotherName() throws IOException {
        Path jar = directory.resolve("lib/bootstrap.jar");
        FileTime time = Files.getLastModifiedTime(jar);
        String before = of(version);
        Files.writeString(jar, "new");
        assertThat(new JavaCacheKey(directory.resolve("lib")).of(version, java, List.of()))
                .isNotEqualTo(before);
        Files.setLastModifiedTime(jar, time);
        assertThat(new JavaCacheKey(directory.resolve("lib")).of(version, java, List.of()))
                .isNotEqualTo(before);
    }

    private FunctionVersion layered(String... layers) {
        FunctionSettings s = version.settings();
        return version.withSettings(new FunctionSettings(
                s.runtime(),
                s.handler(),
                s.role(),
                s.description(),
                s.timeout(),
                s.memory(),
                s.environment(),
                Stream.of(layers)
                        .map(sha -> new LayerRef("arn:layer:" + sha, new CodeRef(sha, 1)))
                        .toList(),
                s.ephemeralStorage(),
                s.architecture(),
                s.tracingMode(),
                s.logging(),
                s.snapStartApplyOn(),
                s.deadLetterTargetArn(),
                s.kmsKeyArn(),
                s.vpc()));
    }
}
