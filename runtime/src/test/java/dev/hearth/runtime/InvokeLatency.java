package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Measures what [RuntimeApi#invoke] takes over TCP loopback with a function that answers at once: run its `main`
/// with the test class path. A figure for comparing variants, not a promise.
///
/// Arguments: `calls`, `payload bytes`, and `pipelined` where the function asks for its next event in the same
/// write as its answer, as our bootstraps do.
final class InvokeLatency {
    private InvokeLatency() {}

    public static void main(String[] arguments) throws Exception {
        int calls = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        int bytes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        boolean pipelined = arguments.length > 2 && arguments[2].equals("pipelined");
        try (ServedApi served = new ServedApi()) {
            Thread.ofPlatform().daemon().start(() -> function(served.address, pipelined));
            long[] nanos = new long[calls];
            Thread caller = Thread.ofVirtual().start(() -> call(served, nanos, bytes));
            caller.join();
            Arrays.sort(nanos);
            System.out.printf(
                    "%d calls, %d bytes, %s: p50 %.1f us, p90 %.1f us, p99 %.1f us%n",
                    calls,
                    bytes,
                    pipelined ? "pipelined" : "in turn",
                    nanos[calls / 2] / 1e3,
                    nanos[calls * 9 / 10] / 1e3,
                    nanos[calls * 99 / 100] / 1e3);
        }
    }

    private static void call(ServedApi served, long[] nanos, int bytes) {
        String payload = "\"" + "x".repeat(bytes) + "\"";
        RuntimeEvent[] events = new RuntimeEvent[256];
        for (int i = 0; i < events.length; i++) {
            events[i] = ServedApi.event(UUID.randomUUID().toString(), payload);
        }
        for (int i = -nanos.length / 2; i < nanos.length; i++) {
            try {
                served.awaitIdle();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            long start = System.nanoTime();
            Answer answer = served.api.invoke(events[i & 255], TimeUnit.SECONDS.toNanos(10));
            if (!(answer instanceof Answer.Response)) {
                throw new IllegalStateException(answer.toString());
            }
            if (i >= 0) {
                nanos[i] = System.nanoTime() - start;
            }
        }
    }

    private static void function(InetSocketAddress address, boolean pipelined) {
        byte[] next = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1);
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            byte[] buffer = new byte[1 << 20];
            int filled = 0;
            out.write(next);
            while (true) {
                int count = in.read(buffer, filled, buffer.length - filled);
                if (count < 0) {
                    return;
                }
                filled += count;
                int used = serve(buffer, filled, out, pipelined ? next : new byte[0], next);
                System.arraycopy(buffer, used, buffer, 0, filled - used);
                filled -= used;
            }
        } catch (IOException e) {
            // the measurement is over
        }
    }

    private static int serve(byte[] buffer, int filled, OutputStream out, byte[] behind, byte[] next)
            throws IOException {
        int used = 0;
        while (true) {
            String text = new String(buffer, used, Math.min(filled - used, 1024), ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                return used;
            }
            int at = text.indexOf("Content-Length: ") + 16;
            int length = Integer.parseInt(text.substring(at, text.indexOf('\r', at)));
            if (filled - used < end + 4 + length) {
                return used;
            }
            used += end + 4 + length;
            if (text.startsWith("HTTP/1.1 200")) {
                int id = text.indexOf("Request-Id: ") + 12;
                byte[] answer = ("POST /2018-06-01/runtime/invocation/" + text.substring(id, id + 36)
                                + "/response HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")
                        .getBytes(ISO_8859_1);
                byte[] both = Arrays.copyOf(answer, answer.length + behind.length);
                System.arraycopy(behind, 0, both, answer.length, behind.length);
                out.write(both);
            } else if (behind.length == 0) {
                out.write(next);
            }
        }
    }
}
