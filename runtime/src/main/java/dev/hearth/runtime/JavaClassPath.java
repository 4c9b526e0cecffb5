package dev.hearth.runtime;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The class path of a Java function, in AWS's order: the bootstrap, the package's classes, its libraries, the layers'.
/// Jars are named one by one and sorted, as AWS sorts them: `*` would take them in the order of the directory.
final class JavaClassPath {
    private static final String TASK = "/var/task";

    private JavaClassPath() {}

    /// @param bootstrap the host's directory that is [Bootstraps#TARGET] in the sandbox
    /// @param classes   in the sandbox, where the package's own classes are: a directory or a jar
    static String of(Path bootstrap, LaunchRequest request, String classes) throws IOException {
        List<String> entries = new ArrayList<>();
        add(entries, bootstrap.resolve("lib"), Bootstraps.TARGET + "/lib");
        entries.add(classes);
        add(entries, request.codeTree().resolve("lib"), TASK + "/lib");
        if (request.layersTree().isPresent()) {
            add(entries, request.layersTree().get().resolve("java/lib"), "/opt/java/lib");
        }
        return String.join(":", entries);
    }

    /// The package's classes as they lie there.
    static String of(Path bootstrap, LaunchRequest request) throws IOException {
        return of(bootstrap, request, TASK);
    }

    private static void add(List<String> entries, Path directory, String target) throws IOException {
        for (Path jar : jars(directory)) {
            entries.add(target + "/" + jar.getFileName());
        }
    }

    /// The jars of a directory, by name; none where there is no such directory.
    static List<Path> jars(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, JavaClassPath::isJar)) {
            entries.forEach(jars::add);
        }
        jars.sort(Comparator.comparing(jar -> String.valueOf(jar.getFileName())));
        return jars;
    }

    /// A name with the separator in it cannot be on any class path.
    private static boolean isJar(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.toLowerCase(Locale.ROOT).endsWith(".jar") && !name.contains(":");
    }
}
