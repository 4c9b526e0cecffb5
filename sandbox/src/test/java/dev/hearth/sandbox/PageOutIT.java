package dev.hearth.sandbox;

import static dev.hearth.sandbox.ContainmentIT.withMemory;
import static dev.hearth.sandbox.SandboxFixture.python;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.model.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Memory of frozen sandboxes goes to swap and comes back.
@Timeout(300)
class PageOutIT {
    /// Holds 40 MB that no compression makes smaller, and says their digest whenever it gets a line.
    private static final String HOLDER = """
            import hashlib, os, socket
            data = os.urandom(40 << 20)
            s = socket.create_connection(('127.0.0.1', 9001))
            while True:
                s.sendall(hashlib.sha256(data).digest())
                if not s.recv(1): break
            """;

    private static SandboxFixture fixture;

    @TempDir
    private Path directory;

    @BeforeAll
    static void open() {
        fixture = new SandboxFixture();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void memoryGoesToSwapAndComesBackAsItWas() throws Exception {
        try (SwapFile _ = SwapFile.on(directory, ByteSize.ofMib(128));
                Holder holder = Holder.start(fixture.sandboxes, HOLDER)) {
            byte[] digest = holder.digest();
            assertThat(holder.sandbox.residentMemory()).isBetween(ByteSize.ofMib(42), ByteSize.ofMib(70));
            assertThat(Deadline.freeze(holder.sandbox)).isTrue();

            ByteSize pagedOut = holder.sandbox.pageOut();

            assertThat(pagedOut).isGreaterThan(ByteSize.ofMib(38));
            assertThat(holder.sandbox.residentMemory()).isLessThan(ByteSize.ofMib(10));
            holder.sandbox.thaw();
            assertThat(holder.askForDigest()).isEqualTo(digest);
            assertThat(holder.sandbox.residentMemory()).isGreaterThan(ByteSize.ofMib(40));
        }
    }

    @Test
    void memoryCanBeReadBackBeforeItIsNeeded() throws Exception {
        try (SwapFile _ = SwapFile.on(directory, ByteSize.ofMib(128));
                Holder holder = Holder.start(fixture.sandboxes, HOLDER)) {
            byte[] digest = holder.digest();
            assertThat(Deadline.freeze(holder.sandbox)).isTrue();
            assertThat(holder.sandbox.pageOut()).isGreaterThan(ByteSize.ofMib(38));

            holder.sandbox.pageIn();

            long deadline = System.nanoTime() + 60_000_000_000L;
            // It is mapped when it is touched: until then it is in memory all the same.
            while (swapCached().compareTo(ByteSize.ofMib(35)) < 0) {
                assertThat(System.nanoTime() - deadline).isNegative();
                LockSupport.parkNanos(1_000_000);
            }
            holder.sandbox.thaw();
            assertThat(holder.askForDigest()).isEqualTo(digest);
        }
    }

    private static ByteSize swapCached() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(l -> l.startsWith("SwapCached:"))
                .findFirst()
                .orElseThrow();
        return ByteSize.ofKib(Long.parseLong(line.replaceAll("\\D", "")));
    }

    @Test
    void fullSwapTakesWhatItCanAndHurtsNobody() throws Exception {
        assumeTrue(Files.readAllLines(Path.of("/proc/swaps")).size() == 1, "this host has swap of its own");
        try (SwapFile _ = SwapFile.on(directory, ByteSize.ofMib(8));
                Holder holder = Holder.start(fixture.sandboxes, HOLDER)) {
            byte[] digest = holder.digest();
            assertThat(Deadline.freeze(holder.sandbox)).isTrue();

            assertThat(holder.sandbox.pageOut()).isBetween(ByteSize.ofMib(4), ByteSize.ofMib(24));
            assertThat(HostProbe.run().has(Protection.SWAP)).as("room in swap").isFalse();

            holder.sandbox.thaw();
            assertThat(holder.askForDigest()).isEqualTo(digest);
        }
    }

    @Test
    void withoutSwapOnlyFilesAreLetGo() throws Exception {
        assumeTrue(Files.readAllLines(Path.of("/proc/swaps")).size() == 1, "this host has swap of its own");
        assertThat(fixture.sandboxes.canPageOut()).isFalse();
        try (Holder holder = Holder.start(fixture.sandboxes, HOLDER)) {
            byte[] digest = holder.digest();
            assertThat(Deadline.freeze(holder.sandbox)).isTrue();

            assertThat(holder.sandbox.pageOut()).isLessThan(ByteSize.ofMib(20));

            assertThat(holder.sandbox.residentMemory()).isGreaterThan(ByteSize.ofMib(40));
            holder.sandbox.thaw();
            assertThat(holder.askForDigest()).isEqualTo(digest);
        }
    }

    @Test
    void runningFunctionCannotSwapItsWayAroundItsMemoryLimit() throws Exception {
        SandboxSpec hog = withMemory(
                python("import os\nkept = []\nwhile len(kept) < 200: kept.append(os.urandom(1 << 20))"), 128);
        try (SwapFile _ = SwapFile.on(directory, ByteSize.ofMib(256));
                Sandbox sandbox = fixture.sandboxes.create(hog)) {
            sandbox.start();

            assertThat(sandbox.awaitExit()).isEqualTo(new SandboxExit.OutOfMemory());
        }
    }

    @Test
    void pagedOutMemoryCountsAgainstTheLimitStill() throws Exception {
        assumeTrue(OwnCgroup.read().v1().containsKey("memory"), "cgroup v2 counts memory and swap apart");
        String script = HOLDER.replace("if not s.recv(1): break", "s.recv(1)\n    more = os.urandom(100 << 20)");
        try (SwapFile _ = SwapFile.on(directory, ByteSize.ofMib(256));
                Holder holder = Holder.start(fixture.sandboxes, withMemory(python(script), 128))) {
            byte[] _ = holder.digest();
            assertThat(Deadline.freeze(holder.sandbox)).isTrue();
            assertThat(holder.sandbox.pageOut()).isGreaterThan(ByteSize.ofMib(38));
            holder.sandbox.thaw();

            holder.ask();

            assertThat(holder.sandbox.awaitExit()).isEqualTo(new SandboxExit.OutOfMemory());
        }
    }

    @Test
    void thawEndsAPageOutAndCloseDoesToo() throws Exception {
        try (SwapFile _ = SwapFile.on(directory, ByteSize.ofMib(128));
                Holder holder = Holder.start(fixture.sandboxes, HOLDER)) {
            byte[] digest = holder.digest();
            assertThat(Deadline.freeze(holder.sandbox)).isTrue();
            CompletableFuture<ByteSize> first = CompletableFuture.supplyAsync(holder.sandbox::pageOut);
            holder.sandbox.thaw();
            assertThat(holder.askForDigest()).isEqualTo(digest);
            assertThat(first.get()).isLessThan(ByteSize.ofMib(70));

            assertThat(Deadline.freeze(holder.sandbox)).isTrue();
            CompletableFuture<ByteSize> second = CompletableFuture.supplyAsync(holder.sandbox::pageOut);
            holder.sandbox.close();
            assertThat(second.get()).isLessThan(ByteSize.ofMib(70));
            assertThat(holder.sandbox.residentMemory()).isEqualTo(ByteSize.ofBytes(0));
        }
    }

    private static boolean freeze(Holder holder) {
        try {
            return Deadline.freeze(holder.sandbox);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void manySandboxesPageOutInTurn() throws Exception {
        try (SwapFile _ = SwapFile.on(directory, ByteSize.ofMib(256));
                Holder first = Holder.start(fixture.sandboxes, HOLDER);
                Holder second = Holder.start(fixture.sandboxes, HOLDER)) {
            byte[] _ = first.digest();
            byte[] _ = second.digest();
            assertThat(Stream.of(first, second)
                            .map(holder -> CompletableFuture.supplyAsync(() -> {
                                assertThat(freeze(holder)).isTrue();
                                return holder.sandbox.pageOut();
                            }))
                            .toList())
                    .allSatisfy(pagedOut -> assertThat(pagedOut.get()).isGreaterThan(ByteSize.ofMib(38)));
        }
    }
}
