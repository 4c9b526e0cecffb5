package dev.hearth.sandbox;

import static dev.hearth.sandbox.SandboxFixture.python;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host that lacks protections.
class WeakIsolationIT {
    /// As for a user who is not root.
    private static final Set<Protection> LACKING = EnumSet.of(
            Protection.OWN_NETWORK,
            Protection.SYSCALL_FILTER,
            Protection.MEMORY_LIMIT,
            Protection.CPU_LIMIT,
            Protection.PROCESS_LIMIT);

    @TempDir
    private Path dataDirectory;

    @Test
    void startIsRefusedNamingEachMissingProtectionAndItsRemedy() {
        HostProbe probe = HostProbe.run(LACKING);

        assertThatThrownBy(() -> LinuxSandboxes.open(SandboxConfig.defaults(dataDirectory), probe))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("memory limit")
                .hasMessageContaining("system call filter")
                .hasMessageContaining("a network and mounts of its own")
                .hasMessageContaining("Delegate=yes");
    }

    @Test
    void functionsCannotRunWithoutBubblewrapHoweverWeakTheIsolation() {
        HostProbe probe = HostProbe.run(Set.of(Protection.BUBBLEWRAP));
        SandboxConfig config = SandboxConfig.defaults(dataDirectory).withAllowWeakIsolation(true);

        assertThatThrownBy(() -> LinuxSandboxes.open(config, probe))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("apt-get install bubblewrap");
    }

    @Test
    void commandRunsWithWhatIsThereAndIsToldWhereTheRuntimeApiIs() throws Exception {
        SandboxConfig config = SandboxConfig.defaults(dataDirectory).withAllowWeakIsolation(true);
        SandboxSpec base = python("""
                import os, socket
                host, port = os.environ['AWS_LAMBDA_RUNTIME_API'].split(':')
                socket.create_connection((host, int(port))).close()
                open('/tmp/x', 'w').write('x')
                print('reached', os.path.exists('/root'), os.getuid())
                """);
        SandboxSpec spec = new SandboxSpec(
                base.name(),
                base.command(),
                Map.of("PATH", "/usr/bin", "AWS_LAMBDA_RUNTIME_API", Sandbox.RUNTIME_API_ADDRESS),
                base.mounts(),
                base.workingDirectory(),
                base.memory(),
                base.tmp(),
                base.cpus(),
                base.processes(),
                base.openFiles(),
                base.network());

        try (LinuxSandboxes sandboxes = LinuxSandboxes.open(config, HostProbe.run(LACKING));
                Sandbox sandbox = sandboxes.create(spec)) {
            assertThat(sandbox.runtimeApiAddress()).isNotEqualTo(Sandbox.RUNTIME_API_ADDRESS);
            sandbox.start();
            try (SocketChannel peer = sandbox.runtimeApi().accept()) {
                assertThat(peer.isConnected()).isTrue();
            }
            assertThat(new String(new OutputReader(sandbox.output()).readAllBytes(), UTF_8))
                    .isEqualTo("reached False 993\n");
        }
    }

    @Test
    void tmpIsInMemoryWhereThereAreNoLoopDevices() throws Exception {
        SandboxSpec spec = SandboxFixture.shell("stat -f -c %T /tmp; df -k /tmp | tail -1 | awk '{print $2}'");

        try (LinuxSandboxes sandboxes = LinuxSandboxes.open(
                        SandboxConfig.defaults(dataDirectory), HostProbe.run(Set.of(Protection.TMP_IMAGES)));
                Sandbox sandbox = sandboxes.create(spec)) {
            sandbox.start();
            assertThat(new String(new OutputReader(sandbox.output()).readAllBytes(), UTF_8))
                    .isEqualTo("tmpfs\n524288\n");
        }
    }
}
