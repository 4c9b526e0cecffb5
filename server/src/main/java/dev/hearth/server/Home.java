package dev.hearth.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Where this Hearth is installed: the launcher says so in `HEARTH_HOME`.
final class Home {
    /// In an unpacked distribution, and in a source tree.
    private static final String[] JAVA_BOOTSTRAP = {"bootstrap/java/lib", "runtime-java/target/bootstrap/java/lib"};

    private Home() {}

    /// The directory with the jars of the bootstrap of Java functions; may be missing, then Java functions do not
    /// start.
    static Path javaBootstrap() {
        Path home = Path.of(Optional.ofNullable(System.getenv("HEARTH_HOME")).orElse("."));
        return Stream.of(JAVA_BOOTSTRAP)
                .map(home::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(home.resolve(JAVA_BOOTSTRAP[0]))
                .toAbsolutePath();
    }
}
