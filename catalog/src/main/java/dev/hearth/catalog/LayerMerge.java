package dev.hearth.catalog;

import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.TreeMap;

/// Lays trees over one another, the later on top. Files are hard links to the trees they come from: read-only on
/// both sides, and no second copy on the disk or in memory.
final class LayerMerge {
    private LayerMerge() {}

    /// @param target made here; must not exist
    static void merge(List<Path> trees, Path target) throws IOException {
        Files.createDirectory(target);
        for (Path tree : trees) {
            Files.walkFileTree(tree, new Overlay(tree, target));
        }
        checkLinks(target);
        Trees.closeDirectories(target);
    }

    /// Links that stay inside each tree may lead out of the two together, where one replaces what another passes
    /// through.
    private static void checkLinks(Path target) throws IOException {
        var links = new TreeMap<String, String>();
        Files.walkFileTree(target, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isSymbolicLink()) {
                    links.put(
                            target.relativize(file).toString(),
                            Files.readSymbolicLink(file).toString());
                }
                return FileVisitResult.CONTINUE;
            }
        });
        var resolver = new LinkResolver(links);
        for (var link : links.entrySet()) {
            if (!resolver.staysInside(link.getKey())) {
                throw new ApiException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "Cannot merge the layers: '" + link.getKey() + "' is a symbolic link to '" + link.getValue()
                                + "', which the other layers make lead out of /opt. Replace it with the file.");
            }
        }
    }

    private static final class Overlay extends SimpleFileVisitor<Path> {
        private final Path tree;
        private final Path target;

        Overlay(Path tree, Path target) {
            this.tree = tree;
            this.target = target;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            Path place = target.resolve(tree.relativize(directory));
            if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(place);
                Files.createDirectory(place);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Path place = target.resolve(tree.relativize(file));
            Trees.delete(place);
            if (attributes.isSymbolicLink()) {
                Files.createSymbolicLink(place, Files.readSymbolicLink(file));
            } else {
                link(file, place);
            }
            return FileVisitResult.CONTINUE;
        }

        private static void link(Path file, Path place) throws IOException {
            try {
                Files.createLink(place, file);
            } catch (FileSystemException noMoreLinks) {
                // a file has its most links, or the file system has none: a copy does as well
                Files.copy(file, place, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
