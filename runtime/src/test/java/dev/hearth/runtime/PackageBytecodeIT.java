package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.sandbox.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(300)
final class PackageBytecodeIT {
    private static final String PYTHONS = "dev.hearth.runtime.PythonBootstrapIT#pythons";

    @TempDir
    Path directory;

    private Path task;
    private Path bootstraps;

    @BeforeEach
    void makePackage() throws IOException {
        task = Files.createDirectories(directory.resolve("trees/0a1b"));
        bootstraps = directory.resolve("bootstraps");
        Bootstraps.install(bootstraps, Path.of("none"));
        file("app.py", """
                import os
                from lib.parts import part
                def handler(event, context):
                    return [part.TEXT, os.environ.get('HEARTH_BYTECODE')]
                """);
        file("lib/__init__.py", "");
        file("lib/parts/__init__.py", "");
        file("lib/parts/part.py", "TEXT = 'compiled'\n");
    }

    private void file(String name, String content) throws IOException {
        Path file = task.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static Installation anyPython() {
        return PythonBootstrapIT.pythons().findFirst().orElseThrow();
    }

    private PackageBytecode open() throws IOException {
        return PackageBytecode.open(directory.resolve("caches"), Thread::startVirtualThread);
    }

    /// As a sandbox has it: the bytecode at `…/task`.
    private FunctionRun run(Installation python, Path bytecode) throws IOException {
        Path seen = Files.createDirectories(directory.resolve("seen"));
        Files.createSymbolicLink(seen.resolve("task"), bytecode);
        List<String> command = List.of(
                python.program().toString(),
                "-S",
                bootstraps.resolve("python/bootstrap.py").toString());
        return new FunctionRun(command, task, "app.handler", Map.of(PackageBytecode.VARIABLE, seen.toString()));
    }

    @ParameterizedTest
    @MethodSource(PYTHONS)
    void functionRunsWhatWasCompiledOfItsPackage(Installation python) throws Exception {
        Path made = open().make(python, task, task.toString()).orElseThrow();
        assertThat(made.resolve("lib/parts/part.pyc")).isRegularFile();
        file("lib/parts/part.py", "TEXT = 'not this source'\n");
        try (FunctionRun run = run(python, made)) {
            assertThat(run.result("1")).isEqualTo("[\"compiled\", null]");
        }
    }

    @Test
    void tracesNameTheSource() throws Exception {
        file("app.py", "def handler(event, context):\n    raise ValueError('here')\n");
        Installation python = anyPython();
        try (FunctionRun run =
                run(python, open().make(python, task, "/var/task").orElseThrow())) {
            assertThat(run.error("1"))
                    .contains(task.resolve("app.py") + "\\\", line 2, in handler\\n    raise ValueError('here')");
        }
    }

    @Test
    void whatCannotBeCompiledIsToldByTheFunction() throws Exception {
        file("app.py", "def handler(:\n");
        Installation python = anyPython();
        Path made = open().make(python, task, "/var/task").orElseThrow();
        assertThat(made.resolve("app.pyc")).doesNotExist();
        assertThat(made.resolve("lib/parts/part.pyc")).exists();
        try (FunctionRun run = run(python, made)) {
            assertThat(run.initError()).contains("Runtime.UserCodeSyntaxError");
        }
    }

    @Test
    void linksOutOfThePackageAreNotFollowed() throws Exception {
        Path secret = Files.createDirectories(directory.resolve("secret"));
        Files.writeString(secret.resolve("key.py"), "KEY = 'host only'\n");
        Files.createSymbolicLink(task.resolve("file.py"), secret.resolve("key.py"));
        Files.createSymbolicLink(task.resolve("folder"), secret);
        Path made = open().make(anyPython(), task, "/var/task").orElseThrow();
        assertThat(made.resolve("app.pyc")).exists();
        assertThat(made.resolve("file.pyc")).doesNotExist();
        assertThat(made.resolve("folder")).doesNotExist();
    }

    @Test
    void onlyPackagesThatAreStillThereAreKept() throws Exception {
        Path gone = Files.createDirectories(directory.resolve("trees/9f9f"));
        Files.writeString(gone.resolve("app.py"), "");
        PackageBytecode bytecode = open();
        Path kept = bytecode.make(anyPython(), task, "/var/task").orElseThrow();
        Path removed = bytecode.make(anyPython(), gone, "/var/task").orElseThrow();
        Path halfMade = Files.createDirectory(directory.resolve("caches/.new-1"));
        Files.delete(gone.resolve("app.py"));
        Files.delete(gone);
        open();
        assertThat(kept).exists();
        assertThat(removed).doesNotExist();
        assertThat(halfMade).doesNotExist();
    }

    /// Files of a machine that went down may be empty.
    @Test
    void nothingIsKeptOverAReboot() throws Exception {
        Path made = open().make(anyPython(), task, "/var/task").orElseThrow();
        Files.writeString(directory.resolve("caches/.boot"), "another");
        open();
        assertThat(made).doesNotExist();
        assertThat(open().make(anyPython(), task, "/var/task")).isPresent();
    }

    @Test
    void plansShowBytecodeOfPackageAndLayersOnceItIsMade() throws Exception {
        Path layers = Files.createDirectories(directory.resolve("trees/1c1c/python"));
        Files.writeString(layers.resolve("shared.py"), "");
        LaunchRequest request = new LaunchRequest(
                Versioned.of("python3.13", "app.handler", Map.of()),
                task,
                Optional.of(layers.resolveSibling("")),
                "stream");
        LaunchPlan plan = new LaunchPlan(List.of("python"), Map.of("A", "b"), List.of());
        PackageBytecode bytecode = open();
        Installation python = anyPython();
        assertThat(bytecode.addTo(plan, request, python)).isEqualTo(plan);

        Path code = bytecode.make(python, task, "/var/task").orElseThrow();
        Path shared = bytecode.make(python, layers.resolveSibling(""), "/opt").orElseThrow();
        LaunchPlan faster = bytecode.addTo(plan, request, python);
        assertThat(faster.environment())
                .containsExactly(Map.entry("A", "b"), Map.entry(PackageBytecode.VARIABLE, "/var/hearth/bytecode"));
        assertThat(faster.mounts())
                .containsExactly(
                        new Mount(code, "/var/hearth/bytecode/task"), new Mount(shared, "/var/hearth/bytecode/opt"));
        assertThat(shared.resolve("python/shared.pyc")).exists();
    }

    @Test
    void functionsAreStartedWithTheBytecodeThereIs() throws Exception {
        RuntimesConfig config = RuntimesConfig.of(bootstraps).withCaches(directory.resolve("caches"));
        String version = anyPython().version().replaceFirst("(\\d+\\.\\d+).*", "$1");
        PackageBytecode bytecode = PackageBytecode.open(directory.resolve("caches/python"), Thread::startVirtualThread);
        for (Installation python : PythonBootstrapIT.pythons().toList()) {
            if (python.isRelease(version)) {
                assertThat(bytecode.make(python, task, "/var/task")).isPresent();
            }
        }
        Launch launch = Runtimes.lazily(config)
                .plan(new LaunchRequest(
                        Versioned.of("python" + version, "app.handler", Map.of()), task, Optional.empty(), "stream"));
        assertThat(launch)
                .isInstanceOfSatisfying(
                        Launch.Planned.class,
                        planned -> assertThat(planned.plan().mounts())
                                .extracting(Mount::target)
                                .contains("/var/hearth/bytecode/task"));
    }
}
