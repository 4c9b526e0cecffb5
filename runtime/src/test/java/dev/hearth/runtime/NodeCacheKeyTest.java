package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.CodeRef;
import dev.hearth.model.FunctionVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What compiled code is named by: each part that changes gives another name.
class NodeCacheKeyTest {
    @TempDir
    private Path directory;

    private Path program;
    private Path bootstrap;
    private NodeCacheKey key;
    private final FunctionVersion version = Versioned.of("nodejs22.x", "a.handler", Map.of("A", "1"));

    @BeforeEach
    void install() throws IOException {
        program = Files.writeString(directory.resolve("node"), "old");
        bootstrap = Files.writeString(directory.resolve("compiled.js"), "old");
        key = new NodeCacheKey(List.of(bootstrap));
    }

    private String of(FunctionVersion of, String node) throws IOException {
        return key.of(of, new Installation(node, directory, program));
    }

    private String of(FunctionVersion of) throws IOException {
        return of(of, "22.1.0");
    }

    @Test
    void sameCodeUnderAnotherNameHasTheSameCompiledCode() throws IOException {
        assertThat(of(version)).isEqualTo(of(Versioned.of("nodejs22.x", "a.handler", Map.of("A", "1"))));
    }

    @Test
    void nameBeginsWithTheDigestOfThePackage() throws IOException {
        assertThat(of(version.withCode(new CodeRef("abc", 1)))).startsWith("abc-");
    }

    @Test
    void eachPartThatChangesGivesAnotherName() throws IOException {
        Set<String> names = new HashSet<>(Set.of(
                of(version),
                of(version, "22.1.1"),
                of(version.withCode(new CodeRef("01", 1))),
                of(Versioned.of("nodejs22.x", "b.handler", Map.of("A", "1"))),
                of(Versioned.of("nodejs22.x", "a.handler", Map.of("A", "2")))));
        Files.setLastModifiedTime(program, FileTime.from(Instant.EPOCH));
        names.add(of(version));
        Files.writeString(bootstrap, "new");
        names.add(of(version));
        assertThat(names).hasSize(7);
    }
}
