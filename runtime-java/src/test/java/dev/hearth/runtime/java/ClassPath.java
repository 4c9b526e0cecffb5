package dev.hearth.runtime.java;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The class paths of functions under test: the runtime's jars first, then the function's.
final class ClassPath {
    /// The fixtures, AWS's event classes, Gson and org.crac.
    static final List<Path> FUNCTION = List.of(
            location("fixture.Values"),
            location("com.amazonaws.services.lambda.runtime.events.S3Event"),
            location("org.joda.time.DateTime"),
            location("com.google.gson.Gson"),
            location("org.crac.Core"));

    private ClassPath() {}

    private static Path location(String className) {
        try {
            return Path.of(Class.forName(className, false, ClassPath.class.getClassLoader())
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static String of(FunctionProcess.Setup setup) throws IOException {
        boolean ours = setup.client() == FunctionProcess.Client.OURS;
        List<Path> runtime = new ArrayList<>(jars("bootstrap.lib"));
        if (!ours) {
            runtime.removeIf(jar -> jar.getFileName().toString().startsWith("hearth-"));
            runtime.addAll(jars("ric.lib"));
        }
        return Stream.of(setup.before(), runtime, setup.classPath())
                .flatMap(List::stream)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    static List<Path> jars(String property) throws IOException {
        Path directory = Path.of(Objects.requireNonNull(System.getProperty(property), property + " is not set"));
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
