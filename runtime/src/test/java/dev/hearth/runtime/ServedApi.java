package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.model.Payload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A Runtime API on a free port of the loopback interface.
final class ServedApi implements AutoCloseable {
    final AtomicInteger idles = new AtomicInteger();
    final RuntimeApi api;
    final InetSocketAddress address;
    private final Semaphore idle = new Semaphore(0);

    ServedApi() throws IOException {
        this(RuntimeApiConfig.DEFAULT);
    }

    ServedApi(RuntimeApiConfig config) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = (InetSocketAddress) socket.getLocalAddress();
        api = RuntimeApi.serve(socket, config, () -> {
            idles.incrementAndGet();
            idle.release();
        });
    }

    Wire connect() throws IOException {
        return new Wire(address);
    }

    void awaitIdle() throws InterruptedException {
        if (!idle.tryAcquire(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the function did not become idle");
        }
    }

    CompletableFuture<Answer> invoke(String id, String payload) {
        return invoke(event(id, payload), 60_000);
    }

    CompletableFuture<Answer> invoke(RuntimeEvent event, long timeoutMillis) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(api.invoke(event, TimeUnit.MILLISECONDS.toNanos(timeoutMillis)));
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    static RuntimeEvent event(String id, String payload) {
        return new RuntimeEvent(
                id,
                1_700_000_000_000L,
                "arn:aws:lambda:us-east-1:000000000000:function:f",
                "Root=1-2-3",
                Optional.empty(),
                Optional.empty(),
                new Payload(payload.getBytes(UTF_8)));
    }

    @Override
    public void close() {
        api.close();
    }
}
