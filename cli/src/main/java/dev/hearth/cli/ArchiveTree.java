package dev.hearth.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// The files in a zip or jar.
final class ArchiveTree implements CodeTree {
    private final Path archive;
    private final List<String> paths;

    private ArchiveTree(Path archive, List<String> paths) {
        this.archive = archive;
        this.paths = paths;
    }

    static ArchiveTree open(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            List<String> paths = zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .sorted()
                    .toList();
            return new ArchiveTree(archive, paths);
        } catch (ZipException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "'" + archive + "' is not a zip or jar (" + e.getMessage()
                            + "). Deploy a directory, a zip or a jar.",
                    e);
        }
    }

    @Override
    public List<String> paths() {
        return paths;
    }

    @Override
    public byte[] read(String path) {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return zip.getInputStream(zip.getEntry(path)).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isExecutable(String path) {
        return true;
    }
}
