package dev.hearth.conformance;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// Builds functions of compiled languages once; what is up to date in `target/functions` is not built again.
/// Where a tool is missing, the test is skipped and says which.
final class Toolchain {
    private static final Path SOURCES = Path.of("src", "test", "functions").toAbsolutePath();
    private static final Path OUTPUT = Path.of("target", "functions").toAbsolutePath();
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);

    private Toolchain() {}

    static Path go() {
        skipWithout("go", "install Go 1.21 or newer");
        Path output = OUTPUT.resolve("go");
        Command.run(
                        BUILD_LIMIT,
                        SOURCES.resolve("go"),
                        Map.of("CGO_ENABLED", "0"),
                        List.of("go", "build", "-tags", "lambda.norpc", "-trimpath", "-o", output.toString(), "."))
                .orFail();
        return output;
    }

    static Path rust() {
        skipWithout("cargo", "install Rust");
        Path output = OUTPUT.resolve("rust");
        Command.run(
                        BUILD_LIMIT,
                        SOURCES.resolve("rust"),
                        Map.of("CARGO_TARGET_DIR", output.toString()),
                        List.of("cargo", "build", "--quiet", "--locked", "--release"))
                .orFail();
        return output.resolve("release").resolve("bootstrap");
    }

    /// Compiles one Java source and packs its classes with the jars in `lib/`, as AWS documents for zips.
    static Code java(String className, String source, List<String> jars) {
        try {
            Path classes = OUTPUT.resolve("java").resolve(className);
            Path file = Files.createDirectories(classes).resolve(className + ".java");
            Files.writeString(file, source);
            var compiler = ToolProvider.getSystemJavaCompiler();
            int status = compiler.run(
                    null,
                    null,
                    null,
                    "-Xlint:none",
                    "--release",
                    "17",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    classes.toString(),
                    file.toString());
            if (status != 0) {
                throw new AssertionError(className + " does not compile");
            }
            var code = new Code();
            try (Stream<Path> compiled = Files.list(classes)) {
                for (Path path :
                        compiled.filter(p -> p.toString().endsWith(".class")).toList()) {
                    code.with(path.getFileName().toString(), Files.readAllBytes(path));
                }
            }
            for (String jar : jars) {
                Path path = onClassPath(jar);
                code.with("lib/" + path.getFileName(), Files.readAllBytes(path));
            }
            return code;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path onClassPath(String artifact) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().startsWith(artifact + "-"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + artifact + " on the class path"));
    }

    /// `python3.11`, from what the machine has.
    static String pythonRuntime() {
        skipWithout("python3", "install Python 3");
        return "python"
                + Command.run(
                                Duration.ofMinutes(1),
                                Path.of("/"),
                                Map.of(),
                                List.of("python3", "-c", "import sys; print('%d.%d' % sys.version_info[:2], end='')"))
                        .orFail()
                        .output();
    }

    /// `nodejs20.x`, from what the machine has.
    static String nodeRuntime() {
        skipWithout("node", "install Node.js");
        return "nodejs"
                + Command.run(
                                Duration.ofMinutes(1),
                                Path.of("/"),
                                Map.of(),
                                List.of("node", "-p", "process.versions.node.split('.')[0] + '.x'"))
                        .orFail()
                        .output()
                        .strip();
    }

    private static void skipWithout(String program, String remedy) {
        if (!Command.exists(program)) {
            String reason = "skipped: no '" + program + "' on the PATH; " + remedy;
            System.out.println(reason);
            abort(reason);
        }
    }
}
