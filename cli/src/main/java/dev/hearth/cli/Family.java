package dev.hearth.cli;

import java.util.Arrays;
import java.util.Optional;

/// A language's runtimes, whatever their version.
enum Family {
    PROVIDED("provided", "provided.al2023"),
    JAVA("java", "java25"),
    PYTHON("python", "python3.13"),
    NODEJS("nodejs", "nodejs22.x");

    private final String prefix;
    private final String usual;

    Family(String prefix, String usual) {
        this.prefix = prefix;
        this.usual = usual;
    }

    /// The family's name, which is what its runtimes' identifiers begin with.
    String prefix() {
        return prefix;
    }

    /// The runtime to take where the server does not say what it has.
    String usual() {
        return usual;
    }

    boolean owns(String identifier) {
        return identifier.startsWith(prefix);
    }

    /// The family a user named without a version, such as `python`.
    static Optional<Family> named(String name) {
        return Arrays.stream(values()).filter(f -> f.prefix.equals(name)).findFirst();
    }
}
