package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.sandbox.Mount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Finds what is made up here: programs that print a version.
@Timeout(120)
final class RuntimesIT {
    private static final String SHELL = "#!/bin/sh\n";

    @TempDir
    Path machine;

    private Path task;
    private RuntimesConfig config;

    @BeforeEach
    void makePlaces() throws IOException {
        task = Files.createDirectories(machine.resolve("task"));
        config = new RuntimesConfig(
                machine.resolve("bootstraps"),
                List.of(machine.resolve("found")),
                Optional.of(machine.resolve("versions")),
                "127.0.0.1:9001",
                Credentials.PLACEHOLDER);
    }

    private Path program(String path, String content) throws IOException {
        Path file = machine.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Launch plan(String runtime, Map<String, String> environment, Optional<Path> layers) {
        LaunchRequest request =
                new LaunchRequest(Versioned.of(runtime, "app.handler", environment), task, layers, "stream");
        try {
            return Runtimes.lazily(config).plan(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Launch custom() {
        return plan("provided.al2023", Map.of(), Optional.empty());
    }

    @Test
    void everyRuntimeOfAwsIsListed() {
        assertThat(Runtimes.lazily(config).all())
                .extracting(RuntimeStatus::runtime)
                .contains("python3.8", "python3.14", "nodejs16.x", "nodejs24.x", "java8.al2", "java25", "provided")
                .contains("ruby3.4", "dotnet10")
                .doesNotHaveDuplicates();
    }

    @Test
    void configuredPlacesAreSearchedAndAnswersRemembered() throws Exception {
        Path root = machine.resolve("found/py");
        Path python = program(
                "found/py/bin/python3.14", SHELL + "echo asked >> " + machine + "/asked\necho 3.14.99 " + root + "\n");
        program("found/broken/bin/python3.14", SHELL + "exit 1\n");
        program("found/venv/bin/python3.14", SHELL + "echo 3.14.100 /somewhere/else\n");
        Path node = program("found/n/bin/node", SHELL + "echo v16.99.1\n");
        Runtimes runtimes = Runtimes.lazily(config);
        assertThat(runtimes.availability("python3.14"))
                .isEqualTo(new Availability.Installed("3.14.99", python, "Found at " + python + "."));
        assertThat(runtimes.availability("nodejs16.x"))
                .isEqualTo(new Availability.Installed("16.99.1", node, "Found at " + node + "."));
        runtimes.prepare();
        assertThat(Runtimes.lazily(config).availability("python3.14")).isInstanceOf(Availability.Installed.class);
        assertThat(Files.readAllLines(machine.resolve("asked"))).hasSize(1);
    }

    @Test
    void pythonsCompileTheirBootstrapBeforehand() throws Exception {
        Bootstraps.install(config.bootstraps(), machine.resolve("none"));
        RuntimesConfig everywhere = RuntimesConfig.of(config.bootstraps());
        Runtimes.lazily(everywhere).prepare();
        assertThat(config.bootstraps().resolve("python/__pycache__"))
                .isDirectoryContaining("glob:**hearth_bootstrap.cpython-3*.pyc");
    }

    @Test
    void missingRuntimesNameTheirRemedy() {
        Runtimes runtimes = Runtimes.lazily(config);
        assertThat(runtimes.availability("ruby3.4"))
                .isInstanceOfSatisfying(
                        Availability.Missing.class,
                        missing -> assertThat(missing.remedy()).contains("ruby3.4", "provided.al2023"));
        assertThat(runtimes.availability("cobol"))
                .isInstanceOfSatisfying(
                        Availability.Missing.class,
                        missing -> assertThat(missing.remedy()).contains("'cobol' is not a runtime", "python3.13"));
        assertThat(plan("dotnet8", Map.of(), Optional.empty())).isInstanceOf(Launch.RuntimeMissing.class);
    }

    @Test
    void managedRuntimesRunTheirBootstrap() throws Exception {
        Path root = machine.resolve("found/py");
        program("found/py/bin/python3.14", SHELL + "echo 3.14.99 " + root + "\n");
        Path layers = Files.createDirectories(machine.resolve("layers"));
        assertThat(plan("python3.14", Map.of("A", "b"), Optional.of(layers)))
                .isInstanceOfSatisfying(Launch.Planned.class, planned -> {
                    assertThat(planned.plan().command())
                            .containsExactly("/var/lang/bin/python3.14", "-S", "/var/runtime/bootstrap.py");
                    assertThat(planned.plan().mounts())
                            .containsExactly(
                                    new Mount(root, "/var/lang"),
                                    new Mount(machine.resolve("bootstraps/python"), "/var/runtime"),
                                    new Mount(task, "/var/task"),
                                    new Mount(layers, "/opt"));
                    assertThat(planned.plan().environment()).containsEntry("A", "b");
                });
        assertThat(plan("python3.14", Map.of("AWS_LAMBDA_EXEC_WRAPPER", "/opt/w"), Optional.empty()))
                .isInstanceOfSatisfying(
                        Launch.Planned.class,
                        planned -> assertThat(planned.plan().command())
                                .containsExactly(
                                        "/bin/sh",
                                        "/var/runtime/exec-wrapper.sh",
                                        "/var/lang/bin/python3.14",
                                        "/var/runtime/bootstrap.py"));
    }

    @Test
    void wrapperThatIsMissingEndsWithAwsExitCodes() throws Exception {
        Bootstraps.install(config.bootstraps(), machine.resolve("none"));
        Path script = config.bootstraps().resolve("python/exec-wrapper.sh");
        Path plain = Files.writeString(machine.resolve("plain"), "x");
        Path wrapper = program("wrapper", SHELL + "echo wrapped \"$@\"\n");
        assertThat(wrapped(script, "/nothere")).isEqualTo("127 /nothere: does not exist");
        assertThat(wrapped(script, plain.toString())).isEqualTo("126 " + plain + ": is not an executable");
        assertThat(wrapped(script, wrapper.toString())).isEqualTo("0 wrapped a b c");
    }

    private static String wrapped(Path script, String wrapper) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString(), "a", "b c");
        builder.environment().put("AWS_LAMBDA_EXEC_WRAPPER", wrapper);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        return process.waitFor() + " " + output;
    }

    @Test
    void customRuntimesRunTheirOwnProgram() throws Exception {
        assertThat(custom())
                .isEqualTo(new Launch.InvalidEntrypoint(
                        "Runtime.InvalidEntrypoint",
                        "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"));
        program("layers/bootstrap", SHELL);
        assertThat(plan(
                        "provided",
                        Map.of("AWS_LAMBDA_EXEC_WRAPPER", "/opt/w"),
                        Optional.of(machine.resolve("layers"))))
                .isInstanceOfSatisfying(
                        Launch.Planned.class,
                        planned -> assertThat(planned.plan().command()).containsExactly("/opt/bootstrap"));
        program("task/bootstrap", SHELL);
        assertThat(custom())
                .isInstanceOfSatisfying(
                        Launch.Planned.class,
                        planned -> assertThat(planned.plan().command()).containsExactly("/var/task/bootstrap"));
    }

    @Test
    void programsThatCannotStartAreToldInAwsWords() throws Exception {
        program("task/bootstrap", "#!/nothere/python\n");
        assertInvalid("no such file or directory");
        program("task/bootstrap", "#!/bin/sh\r\necho windows\r\n");
        assertInvalid("no such file or directory");
        program("task/bootstrap", "echo no interpreter\n");
        assertInvalid("exec format error");
        program("task/bootstrap", "");
        assertInvalid("exec format error");
        byte[] elf = new byte[64];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F'}, 0, elf, 0, 4);
        elf[18] = 0x28; // 32-bit ARM: no machine that Hearth runs on
        Files.write(task.resolve("bootstrap"), elf);
        assertInvalid("exec format error");
        Files.copy(Path.of("/bin/sh").toRealPath(), task.resolve("real"));
        Files.move(task.resolve("real"), task.resolve("bootstrap"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(task.resolve("bootstrap"), PosixFilePermissions.fromString("rw-r--r--"));
        assertInvalid("permission denied");
        Files.setPosixFilePermissions(task.resolve("bootstrap"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(custom()).isInstanceOf(Launch.Planned.class);
        program("task/lib/interpreter", "x");
        program("task/bootstrap", "#!/var/task/lib/interpreter -x\n");
        assertThat(custom()).isInstanceOf(Launch.Planned.class);
    }

    private void assertInvalid(String reason) {
        assertThat(custom())
                .isEqualTo(new Launch.InvalidEntrypoint(
                        "Runtime.InvalidEntrypoint", "fork/exec /var/task/bootstrap: " + reason));
    }

    @Test
    void bootstrapsAreInstalledOnceAndMendedWhereChanged() throws Exception {
        Path jars = Files.createDirectories(machine.resolve("jars"));
        Files.writeString(jars.resolve("a.jar"), "jar");
        Bootstraps.install(config.bootstraps(), jars);
        Path source = config.bootstraps().resolve("python/hearth_bootstrap.py");
        var before = Files.getLastModifiedTime(source);
        assertThat(config.bootstraps().resolve("nodejs/index.js")).exists();
        assertThat(config.bootstraps().resolve("java/lib/a.jar")).hasContent("jar");
        Files.writeString(config.bootstraps().resolve("nodejs/index.js"), "damaged");
        Bootstraps.install(config.bootstraps(), jars);
        assertThat(Files.getLastModifiedTime(source)).isEqualTo(before);
        assertThat(config.bootstraps().resolve("nodejs/index.js")).content().startsWith("'use strict'");
    }
}
