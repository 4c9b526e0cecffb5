package dev.hearth.sandbox;

import dev.hearth.model.ByteSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// Measures what thaw and page-in take, by each means to freeze: the call alone, also while other sandboxes start, and
/// until a process in the sandbox has answered one byte. Not a test: `benchmarks/freeze`, as root.
final class FreezeLatency {
    private static final int ROUNDS = 300;
    private static final int PAGED_ROUNDS = 40;

    /// As calls come: not all in the same moment of a start.
    private static final int PAUSE_MILLIS = 7;

    /// Touches all of its 20 MB for each answer, as a request touches most of what a function has loaded.
    private static final String SERVER = """
            import json, decimal, email, http.client, logging, random, socket, os
            data = bytearray(os.urandom(20 << 20))
            s = socket.create_connection(('127.0.0.1', 9001))
            while True:
                if not s.recv(1): break
                sum(data[::4096]); json.dumps({'a': decimal.Decimal(1).__str__()})
                s.sendall(b'x')
            """;

    private FreezeLatency() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("hearth-freeze");
        try (SwapFile _ = SwapFile.on(directory, ByteSize.ofMib(256))) {
            for (Freezing means : Freezing.values()) {
                try (LinuxSandboxes sandboxes = means.open(directory.resolve(means.name()));
                        Sandbox sandbox = sandboxes.create(SandboxFixture.python(SERVER))) {
                    sandbox.start();
                    try (SocketChannel peer = sandbox.runtimeApi().accept()) {
                        measure(means, sandbox, peer);
                        print("thaw call beside starts", besideStarts(sandboxes, sandbox));
                    }
                }
            }
        }
        EtcTree.deleteTree(directory);
    }

    private static void measure(Freezing means, Sandbox sandbox, SocketChannel peer) throws IOException {
        long[] warm = new long[ROUNDS];
        long[] freeze = new long[ROUNDS];
        long[] thaw = new long[ROUNDS];
        long[] answer = new long[ROUNDS];
        for (int warmUp = 0; warmUp < 2; warmUp++) {
            for (int i = 0; i < ROUNDS; i++) {
                warm[i] = roundTrip(peer);
                long start = System.nanoTime();
                boolean frozen = sandbox.freeze();
                freeze[i] = System.nanoTime() - start;
                if (!frozen) {
                    throw new IllegalStateException("does not freeze");
                }
                start = System.nanoTime();
                sandbox.thaw();
                thaw[i] = System.nanoTime() - start;
                answer[i] = thaw[i] + roundTrip(peer);
            }
        }
        long[] pageOut = new long[PAGED_ROUNDS];
        long[] pageIn = new long[PAGED_ROUNDS];
        long bytes = 0;
        for (int i = 0; i < PAGED_ROUNDS; i++) {
            boolean _ = sandbox.freeze();
            long start = System.nanoTime();
            bytes = sandbox.pageOut().bytes();
            pageOut[i] = System.nanoTime() - start;
            start = System.nanoTime();
            sandbox.thaw();
            pageIn[i] = System.nanoTime() - start + roundTrip(peer);
        }
        System.out.println(means);
        print("warm answer", warm);
        print("freeze", freeze);
        print("thaw call", thaw);
        print("thaw to answer", answer);
        print("page out, " + bytes / (1 << 20) + " MB", pageOut);
        print("page in to answer", pageIn);
    }

    private static long[] besideStarts(LinuxSandboxes sandboxes, Sandbox sandbox) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        long[] thaw = new long[ROUNDS];
        try (ExecutorService starter = Executors.newSingleThreadExecutor()) {
            Future<Integer> starts = starter.submit(() -> start(sandboxes, over));
            for (int i = 0; i < ROUNDS; i++) {
                boolean _ = sandbox.freeze();
                Thread.sleep(PAUSE_MILLIS);
                long start = System.nanoTime();
                sandbox.thaw();
                thaw[i] = System.nanoTime() - start;
            }
            over.set(true);
            System.out.printf("  %d sandboxes started meanwhile%n", starts.get());
        }
        return thaw;
    }

    private static int start(LinuxSandboxes sandboxes, AtomicBoolean over) throws Exception {
        int count = 0;
        for (; !over.get(); count++) {
            try (Sandbox other = sandboxes.create(SandboxFixture.shell("true"))) {
                other.start();
                SandboxExit _ = other.awaitExit();
            }
        }
        return count;
    }

    private static long roundTrip(SocketChannel peer) throws IOException {
        long start = System.nanoTime();
        peer.write(ByteBuffer.wrap(new byte[1]));
        peer.read(ByteBuffer.allocate(1));
        return System.nanoTime() - start;
    }

    private static void print(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                "  %-24s p50 %8.3f ms  p90 %8.3f ms  p99 %8.3f ms  n=%d%n",
                what,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 9 / 10] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6,
                nanos.length);
    }
}
