package dev.hearth.http;

import dev.hearth.model.ByteSize;
import dev.hearth.model.Clock;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// An HTTP/1.1 server on virtual threads: the one class that knows it is Helidon.
public final class HttpServer implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(20);

    /// Before anything of it is read, or a told length or chunk is believed. More than any operation accepts.
    private static final ByteSize MAX_BODY = ByteSize.ofMib(80);

    private static final System.Logger LOG = System.getLogger("dev.hearth.http");
    private static final int NAMES_KEPT = 128;
    private static final Map<String, HeaderName> NAMES = new ConcurrentHashMap<>();

    private final WebServer server;

    private HttpServer(WebServer server) {
        this.server = server;
    }

    /// Starts serving.
    ///
    /// @param address where to listen; port 0 picks a free one
    /// @param handler answers every request; what it throws is the caller's 500
    public static HttpServer start(InetSocketAddress address, Clock clock, Handler handler) throws IOException {
        checkFree(address);
        try {
            WebServer server = WebServer.builder()
                    .host(address.getHostString())
                    .port(address.getPort())
                    .shutdownHook(false)
                    .shutdownGracePeriod(GRACE)
                    .maxPayloadSize(MAX_BODY.bytes())
                    // Else an answer's second write, such as a stream's first byte, waits for the first one's receipt.
                    .connectionOptions(options -> options.tcpNoDelay(true))
                    .errorHandling(ErrorHandling.builder().includeEntity(true).build())
                    .directHandlers(reasons())
                    .addRouting(HttpRouting.builder().any((in, out) -> serve(clock, handler, in, out)))
                    .build()
                    .start();
            if (!server.isRunning()) {
                throw new IOException("cannot listen on " + address + ": the web server did not start");
            }
            return new HttpServer(server);
        } catch (RuntimeException e) {
            throw new IOException("cannot listen on " + address + ": " + rootMessage(e), e);
        }
    }

    /// Helidon only logs that it could not bind, so we try before it does: the caller gets the reason.
    private static void checkFree(InetSocketAddress address) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    private static DirectHandlers reasons() {
        var handlers = DirectHandlers.builder();
        for (DirectHandler.EventType event : DirectHandler.EventType.values()) {
            handlers.addHandler(event, new RefusedRequest());
        }
        return handlers.build();
    }

    /// The port that is listened on.
    public int port() {
        return server.port();
    }

    /// The address that is listened on.
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
    }

    /// Stops accepting, lets running requests end for a while, then closes.
    @Override
    public void close() {
        server.stop();
    }

    private static void serve(Clock clock, Handler handler, ServerRequest in, ServerResponse out) throws IOException {
        Request request = read(clock, in);
        Response response = handler.handle(request);
        boolean broken = request.body() instanceof CheckedBody body && body.isBroken();
        if (broken) {
            out.headers().set(HeaderValues.CONNECTION_CLOSE);
        }
        send(response, out);
        if (broken) {
            // Helidon would wait for the next request, in what is left of this one.
            throw new CloseConnectionException("the request body is broken");
        }
    }

    private static void send(Response response, ServerResponse out) throws IOException {
        out.status(Status.create(response.status()));
        for (Response.Field field : response.headers()) {
            // added, not set: a response may have several cookies
            out.headers().add(HeaderValues.create(known(field.name()), field.value()));
        }
        switch (response.body()) {
            case Response.Body.Bytes(byte[] bytes) -> out.send(bytes);
            case Response.Body.Stream(Response.Writer writer) -> {
                OutputStream stream = out.outputStream();
                write(writer, stream);
                stream.close();
            }
        }
    }

    /// A body that its maker could not finish is not ended: the caller sees the connection break off and knows.
    private static void write(Response.Writer writer, OutputStream stream) {
        try {
            writer.writeTo(stream);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a response was broken off", e);
            throw new CloseConnectionException("the response broke off", e);
        }
    }

    private static Request read(Clock clock, ServerRequest in) {
        boolean entity = in.content().hasEntity();
        InputStream body = entity ? new CheckedBody(in.content().inputStream()) : InputStream.nullInputStream();
        return new Request(
                in.prologue().method().text(),
                in.prologue().uriPath().rawPath(),
                in.prologue().query().rawValue(),
                new HelidonHeaders(in.headers()),
                body,
                entity ? in.headers().contentLength().orElse(-1) : 0,
                clock.nanos());
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /// Names are asked for again with every request: made once, they cost it nothing. What a caller makes us ask for
    /// (the names it signed) cannot fill the memory.
    private static HeaderName known(String name) {
        HeaderName known = NAMES.get(name);
        if (known == null) {
            known = HeaderNames.create(name);
            if (NAMES.size() < NAMES_KEPT) {
                NAMES.put(name, known);
            }
        }
        return known;
    }

    private record HelidonHeaders(io.helidon.http.Headers fields) implements Headers {
        @Override
        public Optional<String> first(String name) {
            return fields.first(known(name));
        }

        @Override
        public List<String> all(String name) {
            return fields.all(known(name), List::of);
        }

        @Override
        public void forEach(BiConsumer<String, String> field) {
            fields.forEach(header -> header.allValues().forEach(value -> field.accept(header.name(), value)));
        }
    }
}
