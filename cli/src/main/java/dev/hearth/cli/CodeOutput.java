package dev.hearth.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Writes code to disk such that it can be deployed again: as a directory where packing that gives the same bytes
/// again,
/// else as the zip it is.
///
/// @param root   the directory to write into
/// @param unpack whether to write directories in any case
record CodeOutput(Path root, boolean unpack) {
    private static final int TYPE = 0170000;

    /// Writes a package.
    ///
    /// @return the path from the root, as a template has it
    String write(String name, byte[] zip) {
        Path directory = root.resolve(name);
        try {
            if (unpack(zip, directory) && (unpack || isTheSame(directory, zip))) {
                return name + "/";
            }
            delete(directory);
            Files.write(root.resolve(name + ".zip"), zip);
            return name + ".zip";
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "Cannot write the code of '" + name + "' to " + root + ": " + e.getMessage() + ".",
                    e);
        }
    }

    private static boolean isTheSame(Path directory, byte[] zip) {
        return Packages.sha256(CodePackage.read(directory).zip()).equals(Packages.sha256(zip));
    }

    /// Links come last, so that nothing is written through one.
    ///
    /// @return false where it holds what a directory cannot
    private static boolean unpack(byte[] zip, Path directory) throws IOException {
        List<ZipReader.Entry> entries = ZipReader.read(zip);
        if (entries.stream().allMatch(ZipReader.Entry::isDirectory)
                || entries.stream().anyMatch(entry -> !isInside(directory, entry.name()))) {
            return false;
        }
        Files.createDirectories(directory);
        for (ZipReader.Entry entry : entries) {
            if (!entry.isDirectory() && !isLink(entry)) {
                write(entry, directory.resolve(entry.name()));
            }
        }
        for (ZipReader.Entry entry : entries) {
            if (isLink(entry) && !link(entry, directory)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLink(ZipReader.Entry entry) {
        return (entry.mode() & TYPE) == (ZipWriter.SYMBOLIC_LINK & TYPE);
    }

    private static void write(ZipReader.Entry entry, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, entry.content());
        if ((entry.mode() & 0100) != 0 && !file.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }

    private static boolean link(ZipReader.Entry entry, Path directory) throws IOException {
        Path file = directory.resolve(entry.name());
        Path target = Path.of(new String(entry.content(), StandardCharsets.UTF_8));
        if (target.isAbsolute() || !file.resolveSibling(target).normalize().startsWith(directory)) {
            return false;
        }
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, target);
        return true;
    }

    private static boolean isInside(Path directory, String name) {
        return !name.startsWith("/") && directory.resolve(name).normalize().startsWith(directory);
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
