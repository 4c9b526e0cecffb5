package dev.hearth.runtime;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Files that may be the program looked for, each once however many links lead to it.
final class Candidates {
    private final Set<Path> found = new LinkedHashSet<>();

    /// Adds the files of a directory whose names fit a glob; none where there is no such directory.
    Candidates in(Path directory, String glob) {
        for (Path file : list(directory, glob)) {
            add(file);
        }
        return this;
    }

    /// Adds `DIRECTORY/*/RELATIVE` with a glob as the last name of `relative`.
    Candidates below(Path directory, String relative, String glob) {
        for (Path child : list(directory, "*")) {
            in(child.resolve(relative), glob);
        }
        return this;
    }

    /// Adds what a configured path may mean: a program, an installation, or a directory of installations.
    Candidates configured(List<Path> paths, String glob) {
        for (Path path : paths) {
            if (Files.isRegularFile(path)) {
                add(path);
            } else {
                in(path, glob).in(path.resolve("bin"), glob).below(path, "bin", glob);
            }
        }
        return this;
    }

    private void add(Path file) {
        if (Files.isRegularFile(file) && Files.isExecutable(file)) {
            try {
                found.add(file.toRealPath());
            } catch (IOException e) {
                // it vanished, or a directory on its way cannot be entered: it cannot be used either way
            }
        }
    }

    List<Path> list() {
        return List.copyOf(found);
    }

    private static List<Path> list(Path directory, String glob) {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
                entries.forEach(files::add);
            } catch (IOException e) {
                return List.of(); // a directory that cannot be read holds nothing that could be run
            }
        }
        files.sort(Comparator.naturalOrder());
        return files;
    }
}
