package dev.hearth.sandbox;

import static dev.hearth.sandbox.SandboxFixture.python;
import static dev.hearth.sandbox.SandboxFixture.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.model.ByteSize;
import dev.hearth.sandbox.SandboxFixture.Result;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What code in a sandbox can see and reach, and what it cannot.
class ContainmentIT {
    private static SandboxFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new SandboxFixture();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    private static String output(String script) throws Exception {
        return fixture.run(shell(script)).output();
    }

    @Test
    void runsAsTheUserAwsHas() throws Exception {
        assertThat(output("id")).isEqualTo("uid=993(sbx_user1051) gid=990(sbx_user1051) groups=990(sbx_user1051)");
    }

    @Test
    void twoSandboxesAreDifferentUsersOfTheHost() throws Exception {
        SandboxSpec sleeper = shell(": twoSandboxes; sleep 60; :");
        try (Sandbox first = fixture.sandboxes.create(sleeper);
                Sandbox second = fixture.sandboxes.create(sleeper)) {
            first.start();
            second.start();
            List<Integer> users =
                    Deadline.await(() -> usersOf(": twoSandboxes; sleep 60; :"), found -> found.size() == 2);

            assertThat(users).hasSize(2).doesNotHaveDuplicates().allMatch(uid -> uid >= 200_000);
        }
    }

    private static List<Integer> usersOf(String script) throws Exception {
        return HostProcesses.all().stream()
                .filter(process -> process.commandLine().equals("/bin/sh -c " + script))
                .map(HostProcesses.HostProcess::uid)
                .toList();
    }

    @Test
    void hostFilesAreNotThere() throws Exception {
        Path secret = fixture.dataDirectory.resolve("secret");
        Files.writeString(secret, "secret");

        assertThat(output("cat /etc/shadow 2>&1")).contains("No such file");
        assertThat(output("cat " + secret + " 2>&1")).contains("No such file");
        assertThat(output("ls -A /root /home /run /var /sys /boot /mnt /work 2>/dev/null"))
                .isEmpty();
        assertThat(output("ls -A /tmp /usr/local")).isEqualTo("/tmp:\n\n/usr/local:");
    }

    @Test
    void rootIsReadOnlyAndTmpIsNot() throws Exception {
        assertThat(output("touch /x 2>&1; touch /etc/x 2>&1; touch /usr/local/x 2>&1; touch /usr/x 2>&1"))
                .doesNotContain("cannot touch '/x': Permission")
                .containsPattern("(?s)(Read-only file system.*){4}");
        assertThat(output("echo written > /tmp/x && cat /tmp/x; stat -c %a /tmp"))
                .isEqualTo("written\n1777");
    }

    @Test
    void onlyItsOwnProcessesAreSeen() throws Exception {
        assertThat(output("ls -d /proc/[0-9]* | wc -l").strip()).isIn("2", "3", "4", "5");
        assertThat(output("cat /proc/1/cmdline | tr '\\0' ' '")).startsWith("bwrap");
    }

    @Test
    void onlyTheThreeStandardDescriptorsAreOpen() throws Exception {
        String script =
                "import os; print(sorted(int(f) for f in os.listdir('/proc/self/fd') if os.path.exists(f'/proc/self/fd/{f}')))";
        assertThat(fixture.run(python(script)).output()).isEqualTo("[0, 1, 2]");
        assertThat(output("readlink /proc/self/fd/0")).isEqualTo("/dev/null");
    }

    @Test
    void standardErrorCanBeOpenedByItsPath() throws Exception {
        assertThat(output("echo x > /dev/stderr; echo y > /dev/stdout")).isEqualTo("x\ny");
    }

    @Test
    void environmentIsExactlyTheSpecifiedAndStaysOutOfTheProcessList() throws Exception {
        Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin", "LD_PRELOAD", "", "SECRET", "s3cret\nline");
        SandboxSpec spec = withEnvironment(
                // with PWD as bubblewrap and LC_CTYPE as Python sets it
                python("import os; print(sorted(os.environ.items()))"), environment);
        assertThat(fixture.run(spec).output())
                .isEqualTo("[('LC_CTYPE', 'C.UTF-8'), ('LD_PRELOAD', ''), ('PATH', '/usr/bin:/bin'), ('PWD', '/'),"
                        + " ('SECRET', 's3cret\\nline')]");

        try (Sandbox sandbox = fixture.sandboxes.create(withEnvironment(shell("echo x; sleep 60"), environment))) {
            sandbox.start();
            assertThat(new OutputReader(sandbox.output()).read()).isEqualTo('x');
            assertThat(HostProcesses.running("/bin/sh -c echo x; sleep 60")).isNotEmpty();
            assertThat(HostProcesses.all())
                    .noneMatch(process -> process.toString().contains("s3cret"));
        }
    }

    @Test
    void nulInTheEnvironmentCannotBecomeAnOption() {
        SandboxSpec spec = withEnvironment(shell("ls /host"), Map.of("X", "a\0--ro-bind\0/\0/host"));

        assertThatThrownBy(() -> fixture.run(spec))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("NUL");
    }

    @Test
    void mountsAreSeenReadOnlyEvenBelowDirectoriesOfRootAlone() throws Exception {
        Path closed = Files.createDirectory(fixture.dataDirectory.resolve("closed"));
        Path code = Files.createDirectory(closed.resolve("code"));
        Files.writeString(code.resolve("handler"), "code");
        Files.writeString(closed.resolve("one file"), "file");
        closed.toFile().setExecutable(false, false);
        closed.toFile().setReadable(false, false);
        SandboxSpec base = shell("cat /var/task/handler /var/runtime/file; touch /var/task/x 2>&1");
        SandboxSpec spec = new SandboxSpec(
                base.name(),
                base.command(),
                base.environment(),
                List.of(new Mount(code, "/var/task"), new Mount(closed.resolve("one file"), "/var/runtime/file")),
                "/var/task",
                base.memory(),
                base.tmp(),
                base.cpus(),
                base.processes(),
                base.openFiles(),
                base.network());

        assertThat(fixture.run(spec).output()).startsWith("codefile").contains("Read-only file system");
    }

    @Test
    void hostLoopbackAndOtherSandboxesCannotBeReached() throws Exception {
        try (ServerSocket host = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Sandbox other = fixture.sandboxes.create(shell("sleep 60"))) {
            other.start();
            String script = """
                    import socket
                    for address in [('127.0.0.1', %d), ('192.0.2.1', 80)]:
                        try:
                            socket.create_connection(address, 2); print('connected')
                        except OSError as e:
                            print(e.strerror)
                    s = socket.socket(); s.bind(('127.0.0.1', 0))
                    print(len(socket.if_nameindex()))
                    """.formatted(host.getLocalPort());
            assertThat(fixture.run(python(script)).output()).isEqualTo("Connection refused\nNetwork is unreachable\n1");
            assertThat(other.runtimeApi().configureBlocking(false)).isNotNull();
            assertThat(other.runtimeApi().accept())
                    .as("a connection from elsewhere")
                    .isNull();
        }
    }

    @Test
    void smallMemoryIsNotTouchedByALargeFileInTmp() throws Exception {
        SandboxSpec base = shell("dd if=/dev/zero of=/tmp/x bs=1M count=400 2>/dev/null && stat -c %s /tmp/x");
        Result result = fixture.run(withMemory(base, 128));

        assertThat(result.output()).isEqualTo(Long.toString(400L << 20));
    }

    @Test
    void tmpEndsAtItsSize() throws Exception {
        Result result = fixture.run(shell("dd if=/dev/zero of=/tmp/x bs=1M count=600 2>&1; stat -c %s /tmp/x"));

        assertThat(result.output()).contains("No space left on device");
        long written = Long.parseLong(result.output().lines().toList().getLast());
        assertThat(written).isBetween(480L << 20, 512L << 20);
    }

    @Test
    void openFilesEndAtTheLimit() throws Exception {
        String script = """
                import errno
                files = []
                try:
                    for i in range(10000): files.append(open('/dev/null'))
                except OSError as e:
                    print(errno.errorcode[e.errno], len(files) + 3)
                """;
        assertThat(fixture.run(python(script)).output()).startsWith("EMFILE 102");
    }

    private static SandboxSpec withEnvironment(SandboxSpec spec, Map<String, String> environment) {
        return new SandboxSpec(
                spec.name(),
                spec.command(),
                environment,
                spec.mounts(),
                spec.workingDirectory(),
                spec.memory(),
                spec.tmp(),
                spec.cpus(),
                spec.processes(),
                spec.openFiles(),
                spec.network());
    }

    static SandboxSpec withMemory(SandboxSpec spec, long mib) {
        return new SandboxSpec(
                spec.name(),
                spec.command(),
                spec.environment(),
                spec.mounts(),
                spec.workingDirectory(),
                ByteSize.ofMib(mib),
                spec.tmp(),
                spec.cpus(),
                spec.processes(),
                spec.openFiles(),
                spec.network());
    }
}
