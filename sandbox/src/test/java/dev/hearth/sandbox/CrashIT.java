package dev.hearth.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server is killed with `kill -9` while its sandboxes run.
class CrashIT {
    private static final String SLEEP = "sleep 4713";

    @TempDir
    private Path dataDirectory;

    @Test
    void nothingOutlivesAKilledServerAndTheNextRemovesItsCgroups() throws Exception {
        HostState before = HostState.read();
        Process server = startServer();
        try {
            assertThat(Deadline.await(() -> HostProcesses.running(SLEEP), found -> found.size() == 2))
                    .hasSize(2);

            server.destroyForcibly().waitFor();

            assertThat(Deadline.await(() -> HostProcesses.running(SLEEP), List::isEmpty))
                    .isEmpty();
        } finally {
            server.destroyForcibly();
        }
        assertThat(ownCgroups()).isNotEmpty();

        try (LinuxSandboxes next = LinuxSandboxes.open(SandboxConfig.defaults(dataDirectory))) {
            assertThat(next.recovered().cgroups()).isPositive();
            assertThat(ownCgroups()).noneMatch(group -> group.toString().contains("test-"));
        }
        HostState after = Deadline.await(HostState::read, state -> !state.hasMoreThan(before));
        assertThat(after.moreThan(before)).isEmpty();
        try (Stream<Path> files = Files.list(dataDirectory.resolve("sandbox"))) {
            assertThat(files.map(Path::toString)).noneMatch(file -> file.endsWith(".img"));
        }
    }

    @Test
    void processesThatSurvivedInACgroupAreKilledByTheNext() throws Exception {
        Path base;
        Process survivor = new ProcessBuilder("sleep", "4714").start();
        try (LinuxSandboxes first = LinuxSandboxes.open(SandboxConfig.defaults(dataDirectory))) {
            assertThat(first.recovered()).isEqualTo(new Recovery(0, 0, 0));
            base = Path.of(
                    Files.readAllLines(dataDirectory.resolve("sandbox/cgroups")).getFirst());
        }
        Path group = Files.createDirectories(base.resolve("left-over"));
        CgroupDirectory.write(group.resolve("cgroup.procs"), Long.toString(survivor.pid()));

        try (LinuxSandboxes next = LinuxSandboxes.open(SandboxConfig.defaults(dataDirectory))) {
            assertThat(next.recovered()).isEqualTo(new Recovery(1, 1, 0));
            assertThat(survivor.waitFor()).isEqualTo(128 + 9);
            assertThat(group).doesNotExist();
        }
    }

    @Test
    void dataDirectoryOfARunningServerIsRefused() throws Exception {
        try (LinuxSandboxes first = LinuxSandboxes.open(SandboxConfig.defaults(dataDirectory))) {
            assertThat(first.host().missing(Protection.Need.FOR_ISOLATION)).isEmpty();
            assertThatThrownBy(() -> LinuxSandboxes.open(SandboxConfig.defaults(dataDirectory)))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("another running Hearth uses it");
        }
    }

    private Process startServer() throws IOException {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashedServer.class.getName(),
                        dataDirectory.toString(),
                        "setsid " + SLEEP + " & " + SLEEP)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = server.inputReader();
        assertThat(output.readLine()).isEqualTo("started");
        return server;
    }

    private List<Path> ownCgroups() throws IOException {
        return Files.readAllLines(dataDirectory.resolve("sandbox/cgroups")).stream()
                .map(Path::of)
                .flatMap(base -> CgroupDirectory.children(base).stream())
                .toList();
    }
}
