package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ZipAppendTest {
    @Test
    void entriesThatWereThereStayAndTheNewOneFollows() {
        byte[] before = Recorded.zip("a.py", "print(1)\n", "b/c.py", "x".repeat(10_000));

        ZipWriter zip = ZipWriter.appendingTo(before);
        zip.add("d.py", ZipWriter.REGULAR, "new".getBytes(StandardCharsets.UTF_8));
        PackageFiles after = PackageFiles.of(zip.finish());

        assertThat(after.paths()).containsExactlyInAnyOrder("a.py", "b/c.py", "d.py");
        assertThat(after.read("b/c.py")).hasSize(10_000);
        assertThat(after.read("d.py")).asString().isEqualTo("new");
    }

    @Test
    void whatIsNoZipIsRefused() {
        assertThatThrownBy(() -> ZipWriter.appendingTo(new byte[100])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ZipWriter.appendingTo(new byte[3])).isInstanceOf(IllegalArgumentException.class);
    }
}
