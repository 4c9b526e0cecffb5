package dev.hearth.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Has each Python compile our bootstrap beforehand: sandboxes cannot write, and would compile it at every start,
/// which takes a third of the start of a trivial function.
final class PythonBytecode {
    private static final String COMPILE = "import py_compile, sys; py_compile.compile(sys.argv[1]); print('compiled')";

    private PythonBytecode() {}

    /// Where it does not succeed, functions start all the same, a little later.
    static void prepare(Path bootstraps, List<Installation> pythons) {
        Path source = bootstraps.resolve("python/hearth_bootstrap.py");
        for (Installation python : pythons) {
            if (!isCompiled(source, python)) {
                Programs.run(python.program(), "-I", "-S", "-c", COMPILE, source.toString());
            }
        }
    }

    private static boolean isCompiled(Path source, Installation python) {
        String[] numbers = python.version().split("\\.");
        Path compiled =
                source.resolveSibling("__pycache__/hearth_bootstrap.cpython-" + numbers[0] + numbers[1] + ".pyc");
        try {
            return !Files.exists(source)
                    || (Files.exists(compiled)
                            && Files.getLastModifiedTime(compiled).compareTo(Files.getLastModifiedTime(source)) >= 0);
        } catch (IOException e) {
            return false; // compiling again does no harm
        }
    }
}
