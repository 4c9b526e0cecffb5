package dev.hearth.sandbox;

import static dev.hearth.sandbox.ContainmentIT.withMemory;
import static dev.hearth.sandbox.SandboxFixture.python;
import static dev.hearth.sandbox.SandboxFixture.shell;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sandboxes that are frozen, by each means.
@Timeout(300)
class FreezeIT {
    private static final String LOOP = "/bin/sh -c while :; do :; done; : frozen loop";

    @TempDir
    private Path dataDirectory;

    @ParameterizedTest
    @EnumSource
    void frozenProcessesUseNoCpuAndGoOnAfterThaw(Freezing means) throws Exception {
        SandboxSpec loops = shell("for i in 1 2 3; do /bin/sh -c 'while :; do :; done; : frozen loop' & done; wait");
        try (LinuxSandboxes sandboxes = means.open(dataDirectory);
                Sandbox sandbox = sandboxes.create(loops)) {
            sandbox.start();
            assertThat(Deadline.await(() -> CpuTime.of(LOOP), ticks -> ticks > 5))
                    .isGreaterThan(5);

            assertThat(Deadline.freeze(sandbox)).isTrue();
            assertThat(sandbox.freeze()).as("a second time").isTrue();
            long whenFrozen = CpuTime.of(LOOP);
            CpuTime.burn(100);
            assertThat(CpuTime.of(LOOP)).isEqualTo(whenFrozen);

            sandbox.thaw();
            sandbox.thaw();
            assertThat(Deadline.await(() -> CpuTime.of(LOOP), ticks -> ticks > whenFrozen + 5))
                    .isGreaterThan(whenFrozen + 5);
        }
    }

    /// Whether in the middle of a fork, a vfork or an exec.
    @ParameterizedTest
    @EnumSource
    void processesThatStartOthersAllTheTimeFreezeEachTime(Freezing means) throws Exception {
        try (LinuxSandboxes sandboxes = means.open(dataDirectory);
                Sandbox sandbox = sandboxes.create(shell("echo x; while :; do setsid true & true; /bin/true; done"))) {
            sandbox.start();
            assertThat(new OutputReader(sandbox.output()).readNBytes(2)).hasSize(2);
            for (int i = 0; i < 20; i++) {
                assertThat(Deadline.freeze(sandbox)).isTrue();
                sandbox.thaw();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void frozenProcessAnswersWhenItIsThawed(Freezing means) throws Exception {
        SandboxSpec echo = python("""
                import socket
                s = socket.create_connection(('127.0.0.1', 9001))
                while True: s.sendall(s.recv(1))
                """);
        try (LinuxSandboxes sandboxes = means.open(dataDirectory);
                Sandbox sandbox = sandboxes.create(echo)) {
            sandbox.start();
            try (SocketChannel peer = sandbox.runtimeApi().accept()) {
                assertThat(roundTrip(peer, (byte) 1)).isEqualTo((byte) 1);
                assertThat(Deadline.freeze(sandbox)).isTrue();

                peer.write(ByteBuffer.wrap(new byte[] {2}));
                peer.configureBlocking(false);
                CpuTime.burn(50);
                assertThat(peer.read(ByteBuffer.allocate(1))).as("while frozen").isZero();

                sandbox.thaw();
                peer.configureBlocking(true);
                assertThat(read(peer)).isEqualTo((byte) 2);
                assertThat(sandbox.exit()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void timerThatRanOutWhileFrozenFiresAfterThaw(Freezing means) throws Exception {
        SandboxSpec timer = python("""
                import time
                print('sleeps', flush=True)
                time.sleep(0.1)
                print('woke', flush=True)
                time.sleep(100)
                """);
        try (LinuxSandboxes sandboxes = means.open(dataDirectory);
                Sandbox sandbox = sandboxes.create(timer)) {
            OutputReader output = new OutputReader(sandbox.output());
            sandbox.start();
            assertThat(output.readNBytes(7)).asString().isEqualTo("sleeps\n");
            assertThat(Deadline.freeze(sandbox)).isTrue();
            byte[] said = new byte[100];
            int before = sandbox.output().poll(said); // it may have woken just before
            CpuTime.burn(150);
            assertThat(sandbox.output().poll(said)).isZero();

            sandbox.thaw();
            assertThat(output.readNBytes(5 - before)).hasSize(5 - before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void frozenSandboxClosesAtOnceAndLeavesNothing(Freezing means) throws Exception {
        try (LinuxSandboxes sandboxes = means.open(dataDirectory)) {
            Sandbox sandbox = sandboxes.create(shell("sleep 4716 & setsid sleep 4716 & sleep 4716"));
            sandbox.start();
            assertThat(Deadline.await(() -> HostProcesses.running("sleep 4716"), found -> found.size() == 3))
                    .hasSize(3);
            assertThat(Deadline.freeze(sandbox)).isTrue();

            sandbox.close();

            assertThat(sandbox.exit()).contains(new SandboxExit.Closed());
            assertThat(HostProcesses.running("sleep 4716")).isEmpty();
            assertNoGroups();
            assertThat(sandbox.freeze()).as("after its end").isFalse();
            sandbox.thaw();
        }
    }

    @ParameterizedTest
    @EnumSource
    void freezingAndThawingRaceWithClosing(Freezing means) throws Exception {
        try (LinuxSandboxes sandboxes = means.open(dataDirectory);
                ExecutorService others = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 10; i++) {
                Sandbox sandbox = sandboxes.create(shell("while :; do sleep 0.001; done"));
                sandbox.start();
                Future<?> freezing = others.submit(() -> repeat(sandbox, sandbox::freeze));
                Future<?> thawing = others.submit(() -> repeat(sandbox, sandbox::thaw));
                assertThat(sandbox.freeze()).isIn(true, false);

                sandbox.close();

                freezing.get();
                thawing.get();
                assertThat(sandbox.exit()).contains(new SandboxExit.Closed());
            }
            assertNoGroups();
        }
    }

    @ParameterizedTest
    @EnumSource
    void limitsHoldAfterThawAndBoostWorksWhileFrozen(Freezing means) throws Exception {
        SandboxSpec hog = withMemory(python("""
                import socket
                socket.create_connection(('127.0.0.1', 9001)).recv(1)
                x = bytearray(300 << 20)
                """), 128);
        try (LinuxSandboxes sandboxes = means.open(dataDirectory);
                Sandbox sandbox = sandboxes.create(hog)) {
            sandbox.start();
            try (SocketChannel peer = sandbox.runtimeApi().accept()) {
                boolean frozen = Deadline.freeze(sandbox);
                sandbox.boost(true);
                sandbox.boost(false);
                assertThat(frozen).isTrue();

                sandbox.thaw();
                peer.write(ByteBuffer.wrap(new byte[1]));

                assertThat(sandbox.awaitExit()).isEqualTo(new SandboxExit.OutOfMemory());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void frozenSandboxWhoseCommandIsKilledIsNotAlive(Freezing means) throws Exception {
        try (LinuxSandboxes sandboxes = means.open(dataDirectory);
                Sandbox sandbox = sandboxes.create(shell("echo x; exec sleep 4717"))) {
            sandbox.start();
            assertThat(new OutputReader(sandbox.output()).readNBytes(2)).hasSize(2);
            assertThat(Deadline.await(() -> HostProcesses.running("sleep 4717"), found -> found.size() == 1))
                    .hasSize(1);
            assertThat(Deadline.freeze(sandbox)).isTrue();
            assertThat(sandbox.isAlive()).isTrue();

            for (HostProcesses.HostProcess command : HostProcesses.running("sleep 4717")) {
                ProcessHandle.of(command.pid()).ifPresent(ProcessHandle::destroyForcibly);
            }

            assertThat(Deadline.await(sandbox::isAlive, alive -> !alive)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void sandboxThatHasEndedDoesNotFreeze(Freezing means) throws Exception {
        try (LinuxSandboxes sandboxes = means.open(dataDirectory);
                Sandbox sandbox = sandboxes.create(shell("exit 3"))) {
            sandbox.start();
            assertThat(sandbox.awaitExit()).isEqualTo(new SandboxExit.Exited(3));

            assertThat(sandbox.freeze()).isFalse();
        }
    }

    private static Object repeat(Sandbox sandbox, Runnable action) {
        while (sandbox.exit().isEmpty()) {
            action.run();
        }
        return sandbox;
    }

    private static byte roundTrip(SocketChannel peer, byte value) throws Exception {
        peer.write(ByteBuffer.wrap(new byte[] {value}));
        return read(peer);
    }

    private static byte read(SocketChannel peer) throws Exception {
        ByteBuffer answer = ByteBuffer.allocate(1);
        assertThat(peer.read(answer)).isEqualTo(1);
        return answer.get(0);
    }

    private void assertNoGroups() throws Exception {
        for (String base : Files.readAllLines(dataDirectory.resolve("sandbox/cgroups"))) {
            assertThat(CgroupDirectory.children(Path.of(base))).isEqualTo(List.of());
        }
    }
}
