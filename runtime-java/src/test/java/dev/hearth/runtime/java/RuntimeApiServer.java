package dev.hearth.runtime.java;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A Runtime API for one function process under test.
final class RuntimeApiServer implements AutoCloseable {
    private static final String ROOT = "/2018-06-01/runtime/";

    /// What is handed out at `/invocation/next`.
    record Event(String requestId, byte[] body, Map<String, String> headers) {}

    /// What the function posted.
    ///
    /// @param path      below the API's root, for example `invocation/7/response`
    /// @param errorType the header `Lambda-Runtime-Function-Error-Type`
    record Post(String path, String body, @Nullable String errorType) {}

    /// When a handler ran, as the function told with a post; 0 where it did not.
    record Times(long start, long end) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Post> posts = new LinkedBlockingQueue<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile long firstAskedNanos;
    private volatile Map<String, String> asking = Map.of();
    private volatile Times times = new Times(0, 0);
    private volatile int responseStatus = 202;

    RuntimeApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(ROOT, this::handle);
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    void enqueue(Event event) {
        events.add(event);
    }

    /// Answers responses with this status from now on.
    void respondWith(int status) {
        responseStatus = status;
    }

    /// The next post; null when none came in time.
    @Nullable
    Post awaitPost(long millis) throws InterruptedException {
        return posts.poll(millis, TimeUnit.MILLISECONDS);
    }

    /// What the latest `GET /invocation/next` told of the function: its header fields that begin with `Hearth-`.
    Map<String, String> asking() {
        return asking;
    }

    /// Of the latest post.
    Times times() {
        return times;
    }

    /// The `System.nanoTime()` of the first `GET /invocation/next`.
    long awaitFirstAsked(long seconds) throws InterruptedException {
        if (!asked.await(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("no GET invocation/next within " + seconds + " s");
        }
        return firstAskedNanos;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(ROOT.length());
        if (path.equals("invocation/next")) {
            next(exchange);
            return;
        }
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        times = new Times(number(exchange, "Hearth-Handler-Start"), number(exchange, "Hearth-Handler-End"));
        String errorType = exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Error-Type");
        exchange.sendResponseHeaders(path.endsWith("/response") ? responseStatus : 202, -1);
        exchange.close();
        posts.add(new Post(path, body, errorType));
    }

    private static long number(HttpExchange exchange, String header) {
        String value = exchange.getRequestHeaders().getFirst(header);
        return value == null ? 0 : Long.parseLong(value);
    }

    private void next(HttpExchange exchange) throws IOException {
        Map<String, String> told = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (name.startsWith("Hearth-")) {
                told.put(name, values.get(0));
            }
        });
        asking = told;
        if (asked.getCount() > 0) {
            firstAskedNanos = System.nanoTime();
            asked.countDown();
        }
        try {
            Event event = events.take();
            // the official client crashes without a content type
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", event.requestId());
            event.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(200, event.body().length == 0 ? -1 : event.body().length);
            exchange.getResponseBody().write(event.body());
            exchange.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the test is over
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
