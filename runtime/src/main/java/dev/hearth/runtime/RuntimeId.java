package dev.hearth.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One of AWS's runtime identifiers.
///
/// @param version of the language, such as `3.13`, `22` or `21`; empty for custom runtimes
record RuntimeId(String name, Family family, String version) {
    /// What kind of program runs it.
    enum Family {
        PYTHON,
        NODE,
        JAVA,
        PROVIDED,
        /// Known, and not run by Hearth.
        UNSUPPORTED
    }

    private static final Map<String, RuntimeId> ALL = new LinkedHashMap<>();

    static {
        for (String minor : List.of("3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14")) {
            add("python" + minor, Family.PYTHON, minor);
        }
        for (String major : List.of("16", "18", "20", "22", "24")) {
            add("nodejs" + major + ".x", Family.NODE, major);
        }
        add("java8.al2", Family.JAVA, "8");
        for (String major : List.of("11", "17", "21", "25")) {
            add("java" + major, Family.JAVA, major);
        }
        for (String name : List.of("provided", "provided.al2", "provided.al2023")) {
            add(name, Family.PROVIDED, "");
        }
        for (String name : List.of("ruby3.2", "ruby3.3", "ruby3.4", "dotnet6", "dotnet8", "dotnet10")) {
            add(name, Family.UNSUPPORTED, "");
        }
    }

    private static void add(String name, Family family, String version) {
        ALL.put(name, new RuntimeId(name, family, version));
    }

    static List<RuntimeId> all() {
        return List.copyOf(ALL.values());
    }

    static Optional<RuntimeId> of(String name) {
        return Optional.ofNullable(ALL.get(name));
    }
}
