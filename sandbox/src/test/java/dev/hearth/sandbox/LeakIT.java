package dev.hearth.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many sandboxes, and nothing left of them.
class LeakIT {
    private static final int ROUNDS = 50;

    @TempDir
    private Path dataDirectory;

    @Test
    void aHundredSandboxesTwoAtATimeLeaveNothing() throws Exception {
        try (LinuxSandboxes sandboxes = LinuxSandboxes.open(SandboxConfig.defaults(dataDirectory));
                ExecutorService pair = Executors.newFixedThreadPool(2)) {
            round(sandboxes, pair); // class loading and templates come first
            HostState before = HostState.read();
            Set<String> namespaces = Deadline.await(LeakIT::namespacesHeldByThisProcess, held -> held.size() == 2);
            for (int i = 0; i < ROUNDS; i++) {
                round(sandboxes, pair);
            }
            HostState after = Deadline.await(HostState::read, state -> !state.hasMoreThan(before));

            assertThat(after.moreThan(before)).isEmpty();
            assertThat(Deadline.await(LeakIT::namespacesHeldByThisProcess, namespaces::equals))
                    .as("no thread of the server was started in a sandbox's namespaces")
                    .isEqualTo(namespaces)
                    .hasSize(2);
            for (String base : Files.readAllLines(dataDirectory.resolve("sandbox/cgroups"))) {
                assertThat(CgroupDirectory.children(Path.of(base))).isEmpty();
            }
        }
        assertThat(Files.readAllLines(dataDirectory.resolve("sandbox/cgroups")))
                .noneMatch(base -> Files.exists(Path.of(base)));
    }

    @Test
    void sandboxThatCannotBeMadeLeavesNothing() throws Exception {
        try (LinuxSandboxes sandboxes = LinuxSandboxes.open(SandboxConfig.defaults(dataDirectory));
                ExecutorService pair = Executors.newFixedThreadPool(2)) {
            round(sandboxes, pair);
            HostState before = HostState.read();
            SandboxSpec good = SandboxFixture.shell("exit 0");
            SandboxSpec bad = new SandboxSpec(
                    good.name(),
                    good.command(),
                    good.environment(),
                    List.of(new Mount(Path.of("/no/such/file"), "/var/task")),
                    good.workingDirectory(),
                    good.memory(),
                    good.tmp(),
                    good.cpus(),
                    good.processes(),
                    good.openFiles(),
                    good.network());

            assertThatThrownBy(() -> sandboxes.create(bad))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("/no/such/file");

            HostState after = Deadline.await(HostState::read, state -> !state.hasMoreThan(before));
            assertThat(after.moreThan(before)).isEmpty();
            for (String base : Files.readAllLines(dataDirectory.resolve("sandbox/cgroups"))) {
                assertThat(CgroupDirectory.children(Path.of(base))).isEmpty();
            }
        }
    }

    private static void round(LinuxSandboxes sandboxes, ExecutorService pair) throws Exception {
        List<Future<SandboxExit>> both = IntStream.range(0, 2)
                .mapToObj(i -> pair.submit(() -> {
                    try (Sandbox sandbox = sandboxes.create(SandboxFixture.shell("echo x > /tmp/x; exit " + i))) {
                        sandbox.start();
                        return sandbox.awaitExit();
                    }
                }))
                .toList();
        assertThat(both.get(0).get()).isEqualTo(new SandboxExit.Exited(0));
        assertThat(both.get(1).get()).isEqualTo(new SandboxExit.Exited(1));
    }

    private static Set<String> namespacesHeldByThisProcess() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.flatMap(thread -> Stream.of(thread.resolve("ns/net"), thread.resolve("ns/mnt")))
                    .map(LeakIT::linkOrEmpty)
                    .filter(link -> !link.isEmpty())
                    .collect(Collectors.toSet());
        }
    }

    private static String linkOrEmpty(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // a thread that has ended
        }
    }
}
