package dev.hearth.runtime;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDateTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Packs the classes of an unpacked package into a jar, because no archive of classes takes those of a directory.
///
/// The jar holds classes and nothing else. Its manifest says that the directory comes next on the class path, so that
/// resources are found where they are on AWS, as files, and in the same order; the virtual machine does not take such
/// an entry for a directory of classes.
final class ClassJar {
    private static final String MANIFEST = "Manifest-Version: 1.0\r\nClass-Path: file:/var/task/\r\n\r\n";

    /// Zip cannot say less; the same classes give the same jar.
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ClassJar() {}

    /// @param jar is made here; must not exist
    static void write(Path codeTree, Path jar) throws IOException {
        try (var out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(jar)))) {
            out.setLevel(Deflater.NO_COMPRESSION);
            begin(out, "META-INF/MANIFEST.MF");
            out.write(MANIFEST.getBytes(StandardCharsets.US_ASCII));
            Files.walkFileTree(codeTree, new Packing(codeTree, out));
        }
    }

    private static void begin(ZipOutputStream out, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        out.putNextEntry(entry);
    }

    /// Does not follow links: what is behind one is loaded from the directory, without an archive.
    private static final class Packing extends SimpleFileVisitor<Path> {
        private final Path root;
        private final ZipOutputStream out;

        Packing(Path root, ZipOutputStream out) {
            this.root = root;
            this.out = out;
        }

        /// What is in there are resources, whatever it is called.
        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return directory.equals(root.resolve("META-INF")) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            String name = root.relativize(file).toString();
            if (attributes.isRegularFile() && name.endsWith(".class")) {
                begin(out, name);
                Files.copy(file, out);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
