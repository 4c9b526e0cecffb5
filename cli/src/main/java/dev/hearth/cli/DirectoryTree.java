package dev.hearth.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The files in a directory, without what never belongs in a package.
final class DirectoryTree implements CodeTree {
    private static final Set<String> NEVER = Set.of(
            ".git",
            ".hg",
            ".svn",
            ".idea",
            ".vscode",
            ".gradle",
            ".aws-sam",
            ".DS_Store",
            "__pycache__",
            ".mypy_cache",
            ".pytest_cache",
            ".ruff_cache");

    private final SortedMap<String, Path> files;
    private final SortedMap<String, Path> links;
    private final SortedSet<String> leftOut;

    private DirectoryTree(SortedMap<String, Path> files, SortedMap<String, Path> links, SortedSet<String> leftOut) {
        this.files = files;
        this.links = links;
        this.leftOut = leftOut;
    }

    /// Lists a directory.
    static DirectoryTree open(Path root) throws IOException {
        var tree = new DirectoryTree(new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                if (directory.equals(root) || tree.keeps(root, directory)) {
                    return FileVisitResult.CONTINUE;
                }
                return FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (tree.keeps(root, file)) {
                    tree.add(root, file, attributes);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return tree;
    }

    private boolean keeps(Path root, Path path) {
        String name = path.getFileName().toString();
        Path parent = path.getParent();
        boolean nodeCache = name.equals(".cache") && parent != null && parent.endsWith("node_modules");
        boolean virtualEnvironment = Files.exists(path.resolve("pyvenv.cfg"));
        if (NEVER.contains(name) || nodeCache || virtualEnvironment) {
            leftOut.add(nameIn(root, path));
            return false;
        }
        return true;
    }

    private void add(Path root, Path file, BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            links.put(nameIn(root, file), file);
        } else if (attributes.isRegularFile()) {
            files.put(nameIn(root, file), file);
        } else {
            leftOut.add(nameIn(root, file)); // a socket, pipe or device
        }
    }

    private static String nameIn(Path root, Path path) {
        return root.relativize(path).toString();
    }

    /// Symbolic links, by path.
    SortedMap<String, Path> links() {
        return links;
    }

    /// What was there and does not belong in a package.
    SortedSet<String> leftOut() {
        return leftOut;
    }

    Path file(String path) {
        Path file = files.get(path);
        if (file == null) {
            throw new IllegalArgumentException("no such file: " + path);
        }
        return file;
    }

    @Override
    public List<String> paths() {
        return List.copyOf(files.keySet());
    }

    @Override
    public byte[] read(String path) {
        try {
            return Files.readAllBytes(file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isExecutable(String path) {
        return Files.isExecutable(file(path));
    }
}
