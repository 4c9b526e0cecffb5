package dev.hearth.runtime;

import dev.hearth.sandbox.SandboxSockets;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// A connection to a port inside a sandbox, made when it is needed and made again when it was lost. Used by one thread,
/// but for [#close].
final class SandboxConnection implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.hearth.runtime");
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 5_000;
    private static final int WRITE_BYTES = 128 * 1024;

    private final SandboxSockets sockets;
    private final int port;
    /// Volatile, as the next: whoever closes is another thread.
    private volatile @Nullable SocketChannel channel;

    private volatile boolean closed;

    SandboxConnection(SandboxSockets sockets, int port) {
        this.sockets = sockets;
        this.port = port;
    }

    boolean isOpen() {
        SocketChannel present = channel;
        return present != null && present.isOpen();
    }

    /// Connects where it is not.
    void open() throws IOException {
        if (isOpen()) {
            return;
        }
        SocketChannel opened = sockets.open();
        channel = opened;
        if (closed) {
            lose();
            throw new IOException("the subscription has ended");
        }
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        opened.socket().setSoTimeout(READ_MILLIS);
        try {
            opened.socket().connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), CONNECT_MILLIS);
        } catch (IOException e) {
            lose();
            throw e;
        }
    }

    /// Waits as long as its peer does not read.
    void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.position() < bytes.length) {
            // In parts, because the JDK keeps a temporary buffer as large as the largest write.
            buffer.limit(Math.min(bytes.length, buffer.position() + WRITE_BYTES));
            present().write(buffer);
        }
    }

    InputStream input() throws IOException {
        return present().socket().getInputStream();
    }

    private SocketChannel present() throws IOException {
        SocketChannel present = channel;
        if (present == null) {
            throw new IOException("not connected");
        }
        return present;
    }

    /// The next use connects anew.
    void lose() {
        SocketChannel present = channel;
        channel = null;
        if (present != null) {
            try {
                present.close();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "closing a connection failed; the system frees it", e);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        lose();
    }
}
