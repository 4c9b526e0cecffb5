package dev.hearth.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The server is killed with `kill -9` while its sandboxes run.
class CrashIT {
    private static final String SLEEP = "sleep 4713";

    @TempDir
    private Path dataDirectory;

    @Test
    void nothingOutlivesAKilledServerAndTheNextRemovesItsCgroups() throws Exception {
        // With its first socket the JDK makes one that it keeps.
        LinuxSandboxes.open(SandboxConfig.defaults(dataDirectory)).close();
        HostState before = HostState.read();
        Process server = startServer("setsid " + SLEEP + " & " + SLEEP);
        assertThat(server.inputReader().readLine()).isEqualTo("started");
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

    @ParameterizedTest
    @EnumSource
    void frozenSandboxesDieWithTheirServer(Freezing means) throws Exception {
        Process server = startFrozen(means);
        try {
            server.destroyForcibly().waitFor();

            assertThat(Deadline.await(() -> HostProcesses.running(SLEEP), List::isEmpty))
                    .isEmpty();
        } finally {
            LinuxSandboxes.open(SandboxConfig.defaults(dataDirectory)).close();
        }
    }

    /// Version 1 of cgroups lets a frozen process die only once it is thawed.
    @Test
    void sandboxesThatNobodyThawedDieWithTheNextStart() throws Exception {
        Process server = startFrozen(Freezing.CGROUP_V1);
        server.children()
                .filter(child -> child.info().commandLine().orElse("").contains("hearth-thawer"))
                .forEach(ProcessHandle::destroyForcibly);

        server.destroyForcibly().waitFor();

        try (LinuxSandboxes next = LinuxSandboxes.open(SandboxConfig.defaults(dataDirectory))) {
            assertThat(next.recovered().cgroups()).isEqualTo(1);
            assertThat(next.recovered().processes())
                    .as("bubblewrap's two and three")
                    .isGreaterThanOrEqualTo(4);
            assertThat(HostProcesses.running(SLEEP)).isEmpty();
            assertThat(ownCgroups()).isEmpty();
        }
    }

    private Process startFrozen(Freezing means) throws Exception {
        assertThat(means.open(dataDirectory)).satisfies(LinuxSandboxes::close); // skips where it is not to be had
        Process server = startServer("setsid " + SLEEP + " & echo x; " + SLEEP, means.name());
        String said = server.inputReader().readLine();
        if (!"frozen".equals(said)) {
            server.destroyForcibly();
        }
        assertThat(said).isEqualTo("frozen");
        return server;
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

    private Process startServer(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CrashedServer.class.getName(),
                dataDirectory.toString()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private List<Path> ownCgroups() throws IOException {
        return Files.readAllLines(dataDirectory.resolve("sandbox/cgroups")).stream()
                .map(Path::of)
                .flatMap(base -> CgroupDirectory.children(base).stream())
                .toList();
    }
}
