package dev.hearth.sandbox;

import static dev.hearth.sandbox.SandboxFixture.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is mounted into sandboxes that run already.
class LateMountIT {
    private static final String TASK = "/var/task";

    /// Waits until the code is there.
    private static final String WAIT = "until [ -e /var/task/name ]; do sleep 0.02; done; ";

    private static final String EMPTY = "/opt:\n\n/var/task:\nrunning\n";

    private static SandboxFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new SandboxFixture();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    private static SandboxSpec waiting(String script) {
        return shell("ls -A /var/task /opt; echo running; " + WAIT + script).withMountPoints(List.of(TASK, "/opt"));
    }

    /// Lets it go; its command runs, and so the sandbox is complete, when it has said that all is empty.
    private static OutputReader start(Sandbox sandbox) throws Exception {
        OutputReader output = new OutputReader(sandbox.output());
        sandbox.start();
        assertThat(new String(output.readNBytes(EMPTY.length()), StandardCharsets.UTF_8))
                .isEqualTo(EMPTY);
        return output;
    }

    /// Below a directory that none but root can pass.
    private static Path code(String name) throws Exception {
        Path closed = Files.createTempDirectory(fixture.dataDirectory, "closed");
        Path code = Files.createDirectory(closed.resolve("code"));
        Files.writeString(code.resolve("name"), name + "\n");
        return code;
    }

    private static String rest(OutputReader output) throws Exception {
        return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @Test
    void codeThatIsMountedLaterIsSeenReadOnlyWithoutDevicesAndForItselfAlone() throws Exception {
        SandboxSpec spec =
                waiting("cd /var/task && cat name; touch x 2>&1; ls -A /opt; grep task /proc/self/mountinfo");
        try (Sandbox sandbox = fixture.sandboxes.create(spec)) {
            OutputReader output = start(sandbox);

            sandbox.mount(List.of(new Mount(code("mine"), TASK)));

            assertThat(rest(output))
                    .startsWith("mine\n")
                    .contains("Read-only file system")
                    .containsPattern("/var/task ro,nosuid,nodev")
                    .doesNotContain("shared:", "master:");
        }
    }

    @Test
    void twoSandboxesOfOneKindSeeTheirOwnCode() throws Exception {
        SandboxSpec spec = waiting("cat /var/task/name /opt/name");
        try (Sandbox first = fixture.sandboxes.create(spec);
                Sandbox second = fixture.sandboxes.create(spec)) {
            OutputReader ofFirst = start(first);
            OutputReader ofSecond = start(second);

            second.mount(List.of(new Mount(code("layer 2"), "/opt"), new Mount(code("code 2"), TASK)));
            first.mount(List.of(new Mount(code("layer 1"), "/opt"), new Mount(code("code 1"), TASK)));

            assertThat(rest(ofFirst)).isEqualTo("code 1\nlayer 1");
            assertThat(rest(ofSecond)).isEqualTo("code 2\nlayer 2");
        }
    }

    @Test
    void frozenSandboxFindsItsCodeWhenItGoesOn() throws Exception {
        try (Sandbox sandbox = fixture.sandboxes.create(waiting("cat /var/task/name"))) {
            OutputReader output = start(sandbox);
            assertThat(sandbox.freeze()).isTrue();

            sandbox.mount(List.of(new Mount(code("thawed"), TASK)));
            sandbox.thaw();

            assertThat(rest(output)).isEqualTo("thawed");
        }
    }

    @Test
    void otherDirectoriesAreRefused() throws Exception {
        try (Sandbox sandbox = fixture.sandboxes.create(waiting("true"))) {
            start(sandbox);

            assertThatThrownBy(() -> sandbox.mount(List.of(new Mount(code("x"), "/usr"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("/usr");
        }
    }

    @Test
    void whatIsMissingIsNamedAndNothingIsMounted() throws Exception {
        try (Sandbox sandbox = fixture.sandboxes.create(waiting("ls -A /opt"))) {
            OutputReader output = start(sandbox);

            assertThatThrownBy(() -> sandbox.mount(
                            List.of(new Mount(code("x"), "/opt"), new Mount(Path.of("/no/such/code"), TASK))))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("/no/such/code");
            sandbox.mount(List.of(new Mount(code("x"), TASK)));

            assertThat(rest(output)).isEmpty();
        }
    }

    @Test
    void nothingIsLeftOfThem() throws Exception {
        Path code = code("x");
        try (Sandbox first = fixture.sandboxes.create(waiting("true"))) {
            start(first);
            first.mount(List.of(new Mount(code, TASK)));
        }
        HostState before = HostState.read();
        for (int i = 0; i < 10; i++) {
            try (Sandbox sandbox = fixture.sandboxes.create(waiting("sleep 60"))) {
                start(sandbox);
                sandbox.mount(List.of(new Mount(code, TASK)));
            }
        }

        HostState after = Deadline.await(HostState::read, state -> !state.hasMoreThan(before));

        assertThat(after.moreThan(before)).isEmpty();
    }
}
