package dev.hearth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// A function's code as it is sent.
///
/// @param name    what the function is called when nobody says otherwise
/// @param zip     the zip's bytes
/// @param tree    the files in it
/// @param leftOut what was in the directory and is not in the zip
record CodePackage(String name, byte[] zip, CodeTree tree, SortedSet<String> leftOut) {

    /// Reads a directory, zip or jar.
    ///
    /// @throws CommandFailure when there is none, or when it cannot be a package
    static CodePackage read(Path path) {
        if (!Files.exists(path)) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "There is no '" + path + "'. Name a directory, a zip or a jar that exists.");
        }
        try {
            return Files.isDirectory(path) ? ofDirectory(path) : ofArchive(path);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "Cannot read '" + path + "': " + e.getMessage() + ". Check its permissions.", e);
        }
    }

    /// What a function from a directory is called when nobody says otherwise.
    static String nameOf(Path directory) {
        return functionName(
                String.valueOf(directory.toAbsolutePath().normalize().getFileName()));
    }

    private static CodePackage ofArchive(Path archive) throws IOException {
        String file = String.valueOf(archive.getFileName()).replaceFirst("\\.(zip|jar)$", "");
        String withoutVersion =
                file.replaceFirst("-\\d[\\w.]*(-SNAPSHOT)?(-(all|shaded|uber|jar-with-dependencies))?$", "");
        CodeTree tree = ArchiveTree.open(archive);
        return new CodePackage(functionName(withoutVersion), Files.readAllBytes(archive), tree, new TreeSet<>());
    }

    private static CodePackage ofDirectory(Path directory) throws IOException {
        Path root = directory.toRealPath();
        DirectoryTree tree = DirectoryTree.open(root);
        if (tree.paths().isEmpty()) {
            throw new CommandFailure(ExitCode.REFUSED, "There are no files in '" + directory + "' to deploy.");
        }
        var zip = new ZipWriter();
        for (String path : tree.paths()) {
            zip.add(path, tree.isExecutable(path) ? ZipWriter.EXECUTABLE : ZipWriter.REGULAR, tree.read(path));
        }
        for (Map.Entry<String, Path> link : tree.links().entrySet()) {
            zip.add(
                    link.getKey(),
                    ZipWriter.SYMBOLIC_LINK,
                    target(root, link).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return new CodePackage(functionName(String.valueOf(root.getFileName())), zip.finish(), tree, tree.leftOut());
    }

    private static String target(Path root, Map.Entry<String, Path> link) throws IOException {
        Path target = Files.readSymbolicLink(link.getValue());
        if (target.isAbsolute()
                || !link.getValue().resolveSibling(target).normalize().startsWith(root)) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "The symbolic link '" + link.getKey() + "' points out of the directory, to " + target
                            + ". Replace it by what it points to, or remove it.");
        }
        return target.toString();
    }

    private static String functionName(String text) {
        String name = text.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
        return name.isEmpty() ? "function" : name.substring(0, Math.min(64, name.length()));
    }
}
