package dev.hearth.runtime.java;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The JDKs of this machine on which functions are tried.
final class Jdks {
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    private Jdks() {}

    /// The one that runs the tests.
    static Path current() {
        return Path.of(System.getProperty("java.home"));
    }

    /// One JDK of each feature version from 17 up, which the fixtures are compiled for; always the current one.
    static List<Path> all() throws IOException {
        TreeMap<Integer, Path> byVersion = new TreeMap<>();
        if (Files.isDirectory(INSTALLED)) {
            try (Stream<Path> homes = Files.list(INSTALLED)) {
                for (Path home : homes.sorted().toList()) {
                    if (Files.isExecutable(home.resolve("bin/java")) && version(home) >= 17) {
                        byVersion.put(version(home), home);
                    }
                }
            }
        }
        byVersion.put(Runtime.version().feature(), current());
        return new ArrayList<>(byVersion.values());
    }

    private static int version(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.exists(release)) {
            return 0;
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        }
        return Runtime.Version.parse(properties.getProperty("JAVA_VERSION", "0").replace("\"", ""))
                .feature();
    }
}
