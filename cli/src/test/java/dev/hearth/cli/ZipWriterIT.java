package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipWriterIT {
    @Test
    void jdkReadsContentAndPermissionsBack(@TempDir Path directory) throws IOException {
        var zip = new ZipWriter();
        byte[] large = "a line that compresses well\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        zip.add("bin/run", ZipWriter.EXECUTABLE, large);
        zip.add("grüße.txt", ZipWriter.REGULAR, "x".getBytes(StandardCharsets.UTF_8));
        Path file = Files.write(directory.resolve("f.zip"), zip.finish());

        URI uri = URI.create("jar:" + file.toUri());
        try (FileSystem system = FileSystems.newFileSystem(uri, Map.of("enablePosixFileAttributes", "true"))) {
            assertThat(Files.readAllBytes(system.getPath("bin/run"))).isEqualTo(large);
            assertThat(Files.getPosixFilePermissions(system.getPath("bin/run")))
                    .contains(PosixFilePermission.OWNER_EXECUTE);
            assertThat(Files.readString(system.getPath("grüße.txt"))).isEqualTo("x");
            assertThat(Files.getPosixFilePermissions(system.getPath("grüße.txt")))
                    .doesNotContain(PosixFilePermission.OWNER_EXECUTE);
        }
        assertThat(Files.size(file)).isLessThan(10_000);
    }
}
