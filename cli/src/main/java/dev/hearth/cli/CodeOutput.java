package dev.hearth.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes code to disk such that it can be deployed again: as a directory where packing that gives the same bytes
/// again, else as the zip it is.
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
            if (isUnpacked(zip, directory) && (unpack || isTheSame(directory, zip))) {
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

    /// @return false where it holds what a directory cannot
    private static boolean isUnpacked(byte[] zip, Path directory) throws IOException {
        try {
            return unpack(ZipReader.read(zip), directory);
        } catch (FileAlreadyExistsException | InvalidPathException e) {
            return false; // two entries of one name, or a name that no file can have
        }
    }

    /// Links come last, so that no file is written through one.
    private static boolean unpack(List<ZipReader.Entry> entries, Path directory) throws IOException {
        if (entries.stream().allMatch(ZipReader.Entry::isDirectory)
                || entries.stream().anyMatch(entry -> !isInside(path(entry)))
                || isAnyBelowAFile(entries)) {
            return false;
        }
        Files.createDirectories(directory);
        for (ZipReader.Entry entry : entries) {
            if (!entry.isDirectory() && !isLink(entry)) {
                write(entry, directory.resolve(path(entry)));
            }
        }
        for (ZipReader.Entry entry : entries) {
            if (isLink(entry) && !link(entry, directory)) {
                return false;
            }
        }
        return true;
    }

    private static Path path(ZipReader.Entry entry) {
        return Path.of(entry.name()).normalize();
    }

    private static boolean isInside(Path path) {
        return !path.isAbsolute() && !path.startsWith("..");
    }

    /// Whether a file or a link is in the way of an entry. What is inside by its name need not be where a link leads.
    private static boolean isAnyBelowAFile(List<ZipReader.Entry> entries) {
        Set<Path> files = entries.stream()
                .filter(entry -> !entry.isDirectory())
                .map(CodeOutput::path)
                .collect(Collectors.toSet());
        return entries.stream().map(CodeOutput::path).anyMatch(path -> isBelow(path, files));
    }

    private static boolean isBelow(Path path, Set<Path> files) {
        return Stream.iterate(path.getParent(), Objects::nonNull, Path::getParent)
                .anyMatch(files::contains);
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
        Path target = Path.of(new String(entry.content(), StandardCharsets.UTF_8));
        if (!isInside(path(entry).resolveSibling(target).normalize())) {
            return false;
        }
        Path file = directory.resolve(path(entry));
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, target);
        return true;
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
