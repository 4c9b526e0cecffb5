package dev.hearth.sandbox;

import static dev.hearth.sandbox.SandboxFixture.python;
import static dev.hearth.sandbox.SandboxFixture.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.sandbox.SandboxFixture.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// From creation to the end.
class SandboxLifeIT {
    private static SandboxFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new SandboxFixture();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void outputAndExitCodeOfTheCommandComeBack() throws Exception {
        Result result = fixture.run(shell("echo out; echo err >&2; exit 7"));

        assertThat(result.output()).isEqualTo("out\nerr");
        assertThat(result.exit()).isEqualTo(new SandboxExit.Exited(7));
    }

    @Test
    void commandWithTwoKindsOfOutputWritesThemApart() throws Exception {
        SandboxSpec spec = shell("echo main; echo side >&7; echo again >/dev/fd/7; exec 7>&-; echo end");
        try (Sandbox sandbox = fixture.sandboxes.create(spec.withSideOutput())) {
            sandbox.start();
            assertThat(text(sandbox.output())).isEqualTo("main\nend\n");
            assertThat(text(sandbox.sideOutput().orElseThrow())).isEqualTo("side\nagain\n");
        }
    }

    @Test
    void commandHasOneOutputAsARule() throws Exception {
        assertThat(fixture.run(shell("[ -e /proc/self/fd/7 ] || echo no")).output())
                .isEqualTo("no");
    }

    @Test
    void socketsOfTheSandboxReachWhatListensInsideIt() throws Exception {
        SandboxSpec spec = python("""
                import socket
                listener = socket.create_server(("sandbox.localdomain", 4321))
                print("ready", flush=True)
                print("got", listener.accept()[0].recv(9).decode())
                """);
        SandboxSockets sockets;
        try (Sandbox sandbox = fixture.sandboxes.create(spec)) {
            sandbox.start();
            OutputReader output = new OutputReader(sandbox.output());
            assertThat(new String(output.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("ready\n");
            sockets = sandbox.sockets().orElseThrow();
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4321);
            try (SocketChannel channel = sockets.open()) {
                channel.connect(address);
                channel.write(ByteBuffer.wrap("knock".getBytes(StandardCharsets.UTF_8)));
            }
            assertThat(new String(output.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("got knock\n");
        }
        assertThatThrownBy(sockets::open).hasMessage("the sandbox has ended");
    }

    private static String text(SandboxOutput output) throws IOException {
        return new String(new OutputReader(output).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void deathBySignalIsToldApartFromAnExitCode() throws Exception {
        assertThat(fixture.run(shell("kill -11 $$")).exit()).isEqualTo(new SandboxExit.Signalled(11));
    }

    @Test
    void nothingRunsBeforeStart() throws Exception {
        try (Sandbox sandbox = fixture.sandboxes.create(shell("echo ran"))) {
            assertThat(sandbox.exit()).isEmpty();
            assertThat(sandbox.output().poll(new byte[1])).isZero();
            sandbox.start();
            assertThat(sandbox.awaitExit()).isEqualTo(new SandboxExit.Exited(0));
        }
    }

    @Test
    void sandboxHasASmallShareOfTheCpuWhileItYields() throws Exception {
        try (Sandbox sandbox = fixture.sandboxes.create(shell("true"))) {
            sandbox.yieldCpus(true);
            assertThat(share(sandbox)).containsAnyOf("128", "12");
            sandbox.yieldCpus(false);
            assertThat(share(sandbox)).containsAnyOf("1024", "100").doesNotContain("128", "12");
        }
    }

    private static Stream<String> share(Sandbox sandbox) throws Exception {
        return (cgroupFile(sandbox, "cpu.shares") + "\n" + cgroupFile(sandbox, "cpu.weight")).lines();
    }

    /// By a program that does not mind what other tests remove meanwhile.
    private static String cgroupFile(Sandbox sandbox, String name) throws Exception {
        Process find = new ProcessBuilder(
                        "find", "/sys/fs/cgroup", "-path", "*/" + sandbox.id() + "/" + name, "-exec", "cat", "{}", ";")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(find.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @Test
    void commandTalksToTheRuntimeApiSocketAtItsOwnLoopback() throws Exception {
        SandboxSpec spec = python("""
                import socket
                s = socket.create_connection(('127.0.0.1', 9001))
                s.sendall(b'hello')
                print(s.recv(100).decode())
                """);
        try (Sandbox sandbox = fixture.sandboxes.create(spec)) {
            sandbox.start();
            try (SocketChannel peer = sandbox.runtimeApi().accept()) {
                ByteBuffer bytes = ByteBuffer.allocate(5);
                while (bytes.hasRemaining() && peer.read(bytes) >= 0) {}
                assertThat(new String(bytes.array(), StandardCharsets.UTF_8)).isEqualTo("hello");
                peer.write(ByteBuffer.wrap("answer".getBytes(StandardCharsets.UTF_8)));
            }
            assertThat(new String(new OutputReader(sandbox.output()).readAllBytes(), StandardCharsets.UTF_8).strip())
                    .isEqualTo("answer");
        }
    }

    @Test
    void closeEndsACommandThatIgnoresSigterm() throws Exception {
        Sandbox sandbox = fixture.sandboxes.create(shell("trap '' TERM; echo ready; while :; do sleep 1; done"));
        sandbox.start();
        assertThat(new OutputReader(sandbox.output()).read()).isEqualTo('r');

        sandbox.close();
        sandbox.close();

        assertThat(sandbox.exit()).contains(new SandboxExit.Closed());
    }
}
