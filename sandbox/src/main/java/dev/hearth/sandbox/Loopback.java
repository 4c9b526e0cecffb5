package dev.hearth.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;

/// Sockets at the loopback address of the calling thread's network namespace.
final class Loopback {
    static final int RUNTIME_API_PORT = 9001;

    private static final byte[] LOCALHOST = {127, 0, 0, 1};

    private Loopback() {}

    /// Listens at 127.0.0.1. The socket stays in the namespace it was made in, whichever thread uses it.
    static ServerSocketChannel listen(int port) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.INET);
        try {
            return socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOCALHOST), port));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
