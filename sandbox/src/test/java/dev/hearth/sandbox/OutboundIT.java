package dev.hearth.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sandboxes with a way out. A network namespace of the test's stands for the world outside: it has 198.51.100.2 (and
/// a cloud's metadata address), the host has 198.51.100.1, and what listens there tells who it sees.
class OutboundIT {
    private static final String OUTSIDE = "198.51.100.2";
    private static final String HOST = "198.51.100.1";
    private static final String METADATA = "169.254.169.254";

    @TempDir
    private static Path dataDirectory;

    private static Process namespace;
    private static LinuxSandboxes sandboxes;

    @BeforeAll
    static void open() throws Exception {
        String server = """
                import socket, sys
                sys.stdin.readline()
                s = socket.socket(); s.bind(('', 8000)); s.listen(10)
                print('listening', flush=True)
                while True:
                    c, peer = s.accept()
                    c.sendall(peer[0].encode()); c.close()
                """;
        namespace = new ProcessBuilder("unshare", "--net", "/usr/bin/python3", "-c", server).start();
        String pid = Long.toString(namespace.pid());
        String own = networkOf("self");
        Deadline.await(() -> networkOf(pid), network -> !network.equals(own));
        ip("link add outsidetest0 type veth peer name eth0 netns " + pid);
        ip("addr add " + HOST + "/24 dev outsidetest0");
        ip("link set outsidetest0 up");
        ip("route add " + METADATA + " via " + OUTSIDE);
        inside(pid, "addr add " + OUTSIDE + "/24 dev eth0");
        inside(pid, "addr add " + METADATA + "/32 dev eth0");
        inside(pid, "link set eth0 up");
        namespace.getOutputStream().write('\n');
        namespace.getOutputStream().flush();
        assertThat(namespace.inputReader().readLine()).isEqualTo("listening");
        sandboxes = LinuxSandboxes.open(SandboxConfig.defaults(dataDirectory).withResolvers(List.of(OUTSIDE)));
    }

    @AfterAll
    static void close() throws Exception {
        sandboxes.close();
        namespace.destroyForcibly().waitFor();
        Deadline.await(() -> Files.exists(Path.of("/sys/class/net/outsidetest0")), there -> !there);
        assertThat(Command.run("ip", "link")).doesNotContain("outsidetest0");
    }

    @Test
    void theWorldOutsideIsReachedWithTheHostsAddress() throws Exception {
        assertThat(connectTo(OUTSIDE, 8000, 60)).isEqualTo(HOST);
    }

    @Test
    void hostItselfCannotBeReached() throws Exception {
        try (ServerSocket host = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            assertThat(connectTo(HOST, host.getLocalPort())).isEqualTo("timed out");
            assertThat(connectTo("127.0.0.1", host.getLocalPort())).isEqualTo("Connection refused");
            String gateway = run("ip route show default 2>/dev/null | cut -d' ' -f3");
            assertThat(gateway).startsWith("100.127.");
            assertThat(connectTo(gateway, host.getLocalPort())).isEqualTo("timed out");
        }
    }

    @Test
    void anotherSandboxCannotBeReached() throws Exception {
        String listen = """
                import socket, subprocess, time
                s = socket.socket(); s.bind(('', 8000)); s.listen()
                print(subprocess.check_output(['hostname', '-I']).decode().strip(), flush=True)
                time.sleep(60)
                """;
        try (Sandbox other = sandboxes.create(outbound("/usr/bin/python3", "-c", listen))) {
            other.start();
            String address = readLine(new OutputReader(other.output()));
            assertThat(address).startsWith("100.127.");

            assertThat(connectTo(address, 8000)).isIn("timed out", "No route to host");
            assertThat(connectTo(address, 9001)).isIn("timed out", "No route to host");
        }
    }

    @Test
    void metadataServiceOfACloudCannotBeReached() throws Exception {
        assertThat(Command.run("ip", "route", "get", METADATA))
                .as("the host could")
                .contains("via " + OUTSIDE);
        assertThat(connectTo(METADATA, 8000)).isEqualTo("timed out");
    }

    @Test
    void configuredResolversAreAsked() throws Exception {
        assertThat(run("cat /etc/resolv.conf")).isEqualTo("nameserver " + OUTSIDE);
    }

    @Test
    void interfacesAndAddressesAreGivenBack() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(connectTo(OUTSIDE, 8000, 60)).isEqualTo(HOST);
        }
        // other servers on this host have bridges, too
        String gateway = run("ip route show default 2>/dev/null | cut -d' ' -f3");
        String bridge =
                Command.run("ip", "-o", "-4", "addr", "show", "to", gateway).split("\\s+")[1];
        assertThat(bridge).startsWith("hearth");

        // the kernel takes a namespace apart a little after the last process has left it
        String left = Deadline.await(() -> Command.run("ip", "-o", "link", "show", "master", bridge), String::isEmpty);

        assertThat(left).isEmpty();
    }

    @Test
    void sandboxIsRefusedWithTheRemedyWhereTheProgramsAreMissing(@TempDir Path other) throws Exception {
        HostProbe probe = HostProbe.run(Set.of(Protection.OUTBOUND_NETWORK));
        try (LinuxSandboxes without = LinuxSandboxes.open(SandboxConfig.defaults(other), probe)) {
            assertThatThrownBy(() -> without.create(outbound("/bin/true")))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("apt-get install iproute2 nftables");
        }
    }

    /// Why there is no other side.
    private static String connectTo(String address, int port) throws Exception {
        return connectTo(address, port, 2);
    }

    /// What the other side says, or why there is none.
    private static String connectTo(String address, int port, int seconds) throws Exception {
        String script = """
                import socket
                try:
                    s = socket.create_connection(('%s', %d), %d)
                    print(s.recv(100).decode())
                except OSError as e:
                    print(e.strerror or e)
                """.formatted(address, port, seconds);
        return run("/usr/bin/python3", "-c", script);
    }

    private static String run(String script) throws Exception {
        return run("/bin/sh", "-c", script);
    }

    private static String run(String... command) throws Exception {
        try (Sandbox sandbox = sandboxes.create(outbound(command))) {
            sandbox.start();
            return new String(new OutputReader(sandbox.output()).readAllBytes(), UTF_8).strip();
        }
    }

    private static SandboxSpec outbound(String... command) {
        SandboxSpec spec = SandboxFixture.spec(command);
        return new SandboxSpec(
                spec.name(),
                spec.command(),
                spec.environment(),
                spec.mounts(),
                spec.workingDirectory(),
                spec.memory(),
                spec.tmp(),
                spec.cpus(),
                spec.processes(),
                spec.openFiles(),
                Network.OUTBOUND);
    }

    private static String readLine(InputStream input) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = input.read();
        while (next >= 0 && next != '\n') {
            line.append((char) next);
            next = input.read();
        }
        return line.toString().strip();
    }

    private static String networkOf(String pid) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc", pid, "ns/net")).toString();
    }

    private static void ip(String arguments) throws IOException {
        Command.run(("ip " + arguments).split(" "));
    }

    private static void inside(String pid, String arguments) throws IOException {
        Command.run(("nsenter --net=/proc/" + pid + "/ns/net ip " + arguments).split(" "));
    }
}
