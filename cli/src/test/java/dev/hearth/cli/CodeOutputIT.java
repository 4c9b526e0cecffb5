package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeOutputIT {
    @TempDir
    private Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zip(String name, int mode, String content) {
        var zip = new ZipWriter();
        zip.add("app.py", ZipWriter.REGULAR, bytes("pass\n"));
        zip.add(name, mode, bytes(content));
        return zip.finish();
    }

    @Test
    void packageOfOursIsADirectoryThatPacksToTheSameBytes() throws IOException {
        var writer = new ZipWriter();
        writer.add("a/run", ZipWriter.EXECUTABLE, bytes("#!/bin/sh\n".repeat(100)));
        writer.add("app.py", ZipWriter.REGULAR, bytes("pass\n"));
        writer.add("link", ZipWriter.SYMBOLIC_LINK, bytes("a/run"));
        byte[] zip = writer.finish();

        assertThat(new CodeOutput(directory, false).write("f", zip)).isEqualTo("f/");

        assertThat(directory.resolve("f/a/run")).isExecutable();
        assertThat(Files.readSymbolicLink(directory.resolve("f/link"))).hasToString("a/run");
        assertThat(CodePackage.read(directory.resolve("f")).zip()).isEqualTo(zip);
    }

    @Test
    void packageOfAnotherToolStaysTheZipItIsUnlessItIsToBeUnpacked() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var other = new ZipOutputStream(out)) {
            other.putNextEntry(new ZipEntry("lib/"));
            other.putNextEntry(new ZipEntry("lib/app.py"));
            other.write(bytes("pass\n"));
        }

        assertThat(new CodeOutput(directory, false).write("f", out.toByteArray()))
                .isEqualTo("f.zip");
        assertThat(directory.resolve("f.zip")).hasBinaryContent(out.toByteArray());
        assertThat(directory.resolve("f")).doesNotExist();
        assertThat(new CodeOutput(directory, true).write("g", out.toByteArray()))
                .isEqualTo("g/");
        assertThat(directory.resolve("g/lib/app.py")).hasContent("pass\n");
    }

    @Test
    void nothingIsWrittenOutsideTheDirectory() {
        for (byte[] zip : new byte[][] {
            zip("../evil", ZipWriter.REGULAR, "x"),
            zip("/evil", ZipWriter.REGULAR, "x"),
            zip("a/../../evil", ZipWriter.REGULAR, "x"),
            zip("link", ZipWriter.SYMBOLIC_LINK, "../../evil"),
            zip("link", ZipWriter.SYMBOLIC_LINK, "/etc/passwd")
        }) {
            assertThat(new CodeOutput(directory.resolve("out"), true).write(prepared("f"), zip))
                    .isEqualTo("f.zip");
            assertThat(directory.resolve("out/f")).doesNotExist();
            assertThat(directory.resolve("evil")).doesNotExist();
        }
    }

    @Test
    void nothingIsWrittenBehindALink() throws IOException {
        var zip = new ZipWriter();
        zip.add("app.py", ZipWriter.REGULAR, bytes("pass\n"));
        zip.add("a/b/up", ZipWriter.SYMBOLIC_LINK, bytes("../.."));
        zip.add("a/b/up/out", ZipWriter.SYMBOLIC_LINK, bytes("../.."));
        zip.add("a/b/up/out/evil", ZipWriter.SYMBOLIC_LINK, bytes("x"));

        assertThat(new CodeOutput(directory.resolve("out"), true).write(prepared("f"), zip.finish()))
                .isEqualTo("f.zip");
        assertThat(directory.resolve("out/f")).doesNotExist();
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all).containsExactly(directory.resolve("out"));
        }
    }

    @Test
    void whatNoDirectoryCanHoldStaysTheZipItIs() {
        for (byte[] zip : new byte[][] {
            zip("app.py/x", ZipWriter.REGULAR, "x"),
            zip("app.py/x/y/z", ZipWriter.REGULAR, "x"),
            zip("app.py", ZipWriter.SYMBOLIC_LINK, "x"),
            zip("a\0b", ZipWriter.REGULAR, "x")
        }) {
            assertThat(new CodeOutput(directory, true).write("f", zip)).isEqualTo("f.zip");
            assertThat(directory.resolve("f")).doesNotExist();
        }
    }

    @Test
    void directoryMayBeNamedInAnyWay() {
        byte[] zip = zip("link", ZipWriter.SYMBOLIC_LINK, "app.py");

        assertThat(new CodeOutput(directory.resolve("./out/.."), true).write(prepared("f"), zip))
                .isEqualTo("f/");
        assertThat(directory.resolve("f/link")).hasContent("pass\n");
    }

    private String prepared(String name) {
        assertThat(directory.resolve("out").toFile().isDirectory()
                        || directory.resolve("out").toFile().mkdir())
                .isTrue();
        return name;
    }

    @Test
    void damagedZipIsRefusedWithItsName() {
        int whereTheDirectoryIs = -6;
        assertDamaged(whereTheDirectoryIs, 0x7f);
        int lastEntry = -22 - 47; // the end record, and an entry of one letter
        int packedSize = lastEntry + 20;
        assertDamaged(packedSize + 3, 0xff);
        assertDamaged(packedSize + 3, 0x7f);
        int size = lastEntry + 24;
        assertDamaged(size + 1, 0x7f);
    }

    /// @param at from the end
    private void assertDamaged(int at, int value) {
        byte[] zip = zip("b", ZipWriter.REGULAR, "x".repeat(1000));
        zip[zip.length + at] = (byte) value;

        assertThatThrownBy(() -> new CodeOutput(directory, true).write("f", zip))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("'f'")
                .hasMessageContaining("damaged");
    }
}
