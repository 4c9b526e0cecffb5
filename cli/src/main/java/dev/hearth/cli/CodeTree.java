package dev.hearth.cli;

import java.util.List;

/// The files of a function's code, whether in a directory or in an archive.
interface CodeTree {
    /// Paths of the regular files, with `/` between names, sorted.
    List<String> paths();

    /// A file's content.
    byte[] read(String path);

    /// Whether a file may be executed; true where the tree does not know.
    boolean isExecutable(String path);

    /// Paths of the files that are not inside a directory.
    default List<String> rootPaths() {
        return paths().stream().filter(path -> path.indexOf('/') < 0).toList();
    }
}
