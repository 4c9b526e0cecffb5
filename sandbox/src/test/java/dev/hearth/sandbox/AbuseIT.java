package dev.hearth.sandbox;

import static dev.hearth.sandbox.ContainmentIT.withMemory;
import static dev.hearth.sandbox.SandboxFixture.python;
import static dev.hearth.sandbox.SandboxFixture.shell;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.ByteSize;
import java.io.InputStream;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Code that wants too much.
@Timeout(300)
class AbuseIT {
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
    void forkBombStopsAtTheProcessLimit() throws Exception {
        SandboxSpec bomb = python("""
                import os, time
                children = 0
                try:
                    while children < 2000:
                        if os.fork() == 0:
                            time.sleep(100)
                        children += 1
                except OSError as e:
                    print(e.strerror, children, flush=True)
                """);
        try (Sandbox sandbox = fixture.sandboxes.create(bomb)) {
            sandbox.start();
            String output = new String(new OutputReader(sandbox.output()).readAllBytes(), UTF_8).strip();

            assertThat(output).startsWith("Resource temporarily unavailable");
            int children = Integer.parseInt(output.substring(output.lastIndexOf(' ') + 1));
            assertThat(children).isBetween(200, 256);
        }
    }

    @Test
    void memoryHogIsKilledAndNamed() throws Exception {
        SandboxSpec hog = withMemory(python("x = bytearray(300 << 20); print('survived')"), 128);
        try (Sandbox sandbox = fixture.sandboxes.create(hog)) {
            sandbox.start();

            assertThat(sandbox.awaitExit()).isEqualTo(new SandboxExit.OutOfMemory());
            assertThat(sandbox.oomKills()).isPositive();
            assertThat(sandbox.peakMemory()).isBetween(ByteSize.ofMib(100), ByteSize.ofMib(128));
        }
    }

    @Test
    void memoryHogAmongItsChildrenTakesTheSandboxAlong() throws Exception {
        SandboxSpec hog =
                withMemory(shell("/usr/bin/python3 -c 'x = bytearray(300 << 20)'; echo child gone; sleep 100"), 128);

        assertThat(fixture.run(hog).exit()).isEqualTo(new SandboxExit.OutOfMemory());
    }

    @Test
    void endlessOutputIsReadAsItComesAndStandsStillOtherwise() throws Exception {
        try (Sandbox sandbox = fixture.sandboxes.create(shell("while :; do echo endless; done"))) {
            sandbox.start();
            InputStream output = new OutputReader(sandbox.output());
            output.skipNBytes(5_000_000);
            assertThat(sandbox.exit()).isEmpty();
        }
    }

    @Test
    void outputNobodyReadsDoesNotKeepASandboxFromClosing() throws Exception {
        Sandbox sandbox = fixture.sandboxes.create(shell("while :; do echo endless; done"));
        sandbox.start();
        assertThat(new OutputReader(sandbox.output()).read()).isEqualTo('e');
        sandbox.close();

        assertThat(sandbox.exit()).contains(new SandboxExit.Closed());
        assertThat(new OutputReader(sandbox.output()).readAllBytes())
                .as("what the pipe still held")
                .hasSizeBetween(1, 200_000);
    }

    @Test
    void backgroundChildrenDieWithTheCommand() throws Exception {
        SandboxSpec spec = shell("setsid sleep 4711 & setsid nohup sleep 4711 & read x < /dev/zero &"
                + " exec /usr/bin/python3 -c 'import socket; socket.create_connection((\"127.0.0.1\", 9001)).recv(1)'");
        try (Sandbox sandbox = fixture.sandboxes.create(spec)) {
            sandbox.start();
            try (SocketChannel _ = sandbox.runtimeApi().accept()) {
                assertThat(Deadline.await(() -> HostProcesses.running("sleep 4711"), found -> found.size() == 2))
                        .hasSize(2);
            }
            assertThat(sandbox.awaitExit()).isEqualTo(new SandboxExit.Exited(0));

            assertThat(Deadline.await(() -> HostProcesses.running("sleep 4711"), List::isEmpty))
                    .isEmpty();
        }
    }

    @Test
    void backgroundChildrenThatIgnoreSignalsDieWithClose() throws Exception {
        Sandbox sandbox = fixture.sandboxes.create(
                shell("for i in 1 2 3; do (trap '' TERM HUP INT; sleep 4712; sleep 4712) & done; sleep 4712"));
        sandbox.start();
        assertThat(Deadline.await(() -> HostProcesses.running("sleep 4712"), found -> found.size() == 4))
                .hasSize(4);

        sandbox.close();

        assertThat(HostProcesses.running("sleep 4712")).isEmpty();
    }

    @Test
    void endlessLoopGetsItsShareOfTheCpuAndNoMore() throws Exception {
        SandboxSpec loop = python("""
                import time
                began, used = time.monotonic(), time.process_time()
                while time.process_time() - used < 0.5 and time.monotonic() - began < 40: pass
                print(time.process_time() - used, time.monotonic() - began)
                """);
        SandboxSpec small = new SandboxSpec(
                loop.name(),
                loop.command(),
                loop.environment(),
                loop.mounts(),
                loop.workingDirectory(),
                loop.memory(),
                loop.tmp(),
                0.01,
                loop.processes(),
                loop.openFiles(),
                loop.network());

        String[] seconds = fixture.run(small).output().strip().split(" ");
        double used = Double.parseDouble(seconds[0]);
        assertThat(used)
                .as("at the smallest share, 0.25, and not at 0.01, however busy the machine")
                .isGreaterThanOrEqualTo(0.5);
        assertThat(used / Double.parseDouble(seconds[1])).as("share of a CPU").isLessThan(0.4);
    }
}
