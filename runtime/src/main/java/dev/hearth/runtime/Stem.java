package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.sandbox.Sandbox;
import dev.hearth.sandbox.SandboxException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A runtime that has started, with its bootstrap, in a sandbox made by a [StemPlan], and that belongs to no function
/// yet: it has connected to its Runtime API's socket and waits to be told which one it is. It becomes one function, and
/// never another. Used by one thread at a time.
public final class Stem implements AutoCloseable {
    private final Sandbox sandbox;
    private final FutureTask<SocketChannel> accepting;
    private @Nullable SocketChannel channel;

    private Stem(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.accepting = new FutureTask<>(sandbox.runtimeApi()::accept);
    }

    /// Lets a sandbox's command run and waits until it waits. On failure the sandbox is closed.
    ///
    /// @param limit how long that may take
    public static Stem start(Sandbox sandbox, Duration limit) throws SandboxException {
        Stem stem = new Stem(sandbox);
        try {
            sandbox.start();
            stem.awaitConnection(limit);
            sandbox.freeze();
            return stem;
        } catch (SandboxException e) {
            stem.close();
            throw e;
        }
    }

    private void awaitConnection(Duration limit) throws SandboxException {
        Thread.ofVirtual().name("stem").start(accepting);
        try {
            channel = accepting.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw failed("its runtime did not start: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted", e);
        }
    }

    /// Its sandbox, which is a function's after [#become].
    public Sandbox sandbox() {
        return sandbox;
    }

    /// Has it go on as a function that was started by this plan. Its next connection is to the function's Runtime API.
    ///
    /// @param plan of a version whose [StemPlan] is that of this stem
    public void become(LaunchPlan plan) throws SandboxException {
        SocketChannel told = channel;
        if (told == null) {
            throw new IllegalStateException("stem " + sandbox.id() + " has become a function before, or was closed");
        }
        channel = null;
        try (told) {
            sandbox.mount(StemPlan.own(plan));
            sandbox.thaw();
            ByteBuffer message = message(plan);
            while (message.hasRemaining()) {
                told.write(message);
            }
        } catch (IOException e) {
            throw failed("it has ended: " + e, e);
        }
    }

    /// As an answer of the Runtime API, which the bootstrap can read.
    private static ByteBuffer message(LaunchPlan plan) {
        StringJoiner variables = new StringJoiner("\0");
        plan.environment().forEach((name, value) -> variables.add(name + "=" + value));
        byte[] body = variables.toString().getBytes(UTF_8);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(US_ASCII));
        message.writeBytes(body);
        return ByteBuffer.wrap(message.toByteArray());
    }

    private SandboxException failed(String why, Exception cause) {
        return new SandboxException("Cannot use stem " + sandbox.id() + ": " + why, cause);
    }

    /// Ends it, with its sandbox, whatever it has become.
    @Override
    public void close() {
        sandbox.close();
        SocketChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // its peer has ended
            }
        }
    }
}
