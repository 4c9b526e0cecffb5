package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompiledCodeTest {
    @TempDir
    private Path directory;

    private Path unpack(String written) throws IOException {
        Path file = Files.writeString(directory.resolve("written"), written);
        Path target = directory.resolve("compiled");
        CompiledCode.unpack(file, target);
        assertThat(file).doesNotExist();
        return target;
    }

    @Test
    void eachFileGetsItsBytes() throws IOException {
        Path target = unpack("modules 3\nnode/v22.1.0-x64-9ac5647c-1000/18c81922 2\n\nabcde");
        assertThat(target.resolve("modules")).hasContent("abc");
        assertThat(target.resolve("node/v22.1.0-x64-9ac5647c-1000/18c81922")).hasContent("de");
    }

    @Test
    void functionOfWhichNothingIsWorthKeepingHasNoDirectory() throws IOException {
        assertThat(unpack("\n")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "modules 3",
                "modules 3\n",
                "modules 3\n\nab",
                "modules 3\n\nabcd",
                "modules 99999999999\n\nab",
                "modules -1\n\n",
                "modules\n\n",
                "other 1\n\na",
                "/modules 1\n\na",
                "../modules 1\n\na",
                "node/../18c81922 1\n\na",
                "node/v22/../18 1\n\na",
                "node/v22/x.js 1\n\na"
            })
    void whatIsNoListOfFilesWithTheirBytesIsRefused(String written) throws IOException {
        assertThatThrownBy(() -> unpack(written)).isInstanceOf(IOException.class);
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allMatch(file -> file.endsWith("written") || file.endsWith("compiled/modules"));
        }
    }
}
