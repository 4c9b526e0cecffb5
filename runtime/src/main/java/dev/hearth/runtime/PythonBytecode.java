package dev.hearth.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Has each Python compile our bootstrap beforehand: sandboxes cannot write, and would compile it at every start,
/// which takes a third of the start of a trivial function.
final class PythonBytecode {
    /// What bootstrap.py imports, itself or for functions.
    private static final List<String> MODULES = List.of("hearth_bootstrap", "snapshot_restore_py");

    private static final String COMPILE =
            "import py_compile, sys; [py_compile.compile(f) for f in sys.argv[1:]]; print('compiled')";

    private PythonBytecode() {}

    /// Where it does not succeed, functions start all the same, a little later.
    static void prepare(Path bootstraps, List<Installation> pythons) {
        List<Path> sources = MODULES.stream()
                .map(module -> bootstraps.resolve("python/" + module + ".py"))
                .filter(Files::exists)
                .toList();
        for (Installation python : pythons) {
            List<String> arguments = new ArrayList<>(List.of("-I", "-S", "-c", COMPILE));
            sources.stream()
                    .filter(source -> !isCompiled(source, python))
                    .map(Path::toString)
                    .forEach(arguments::add);
            if (arguments.size() > 4) {
                Programs.run(python.program(), arguments.toArray(String[]::new));
            }
        }
    }

    private static boolean isCompiled(Path source, Installation python) {
        String[] numbers = python.version().split("\\.");
        String module = source.getFileName().toString().replace(".py", "");
        Path compiled = source.resolveSibling("__pycache__/" + module + ".cpython-" + numbers[0] + numbers[1] + ".pyc");
        try {
            return Files.exists(compiled)
                    && Files.getLastModifiedTime(compiled).compareTo(Files.getLastModifiedTime(source)) >= 0;
        } catch (IOException e) {
            return false; // compiling again does no harm
        }
    }
}
