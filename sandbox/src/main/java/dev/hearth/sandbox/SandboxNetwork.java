package dev.hearth.sandbox;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;

/// The network of one running sandbox, seen from the host. Held from the first socket until [#close]: the sandbox's
/// first process runs when that is asked for, and its id may belong to another one later.
///
/// The monitor guards the descriptor.
final class SandboxNetwork implements SandboxSockets, AutoCloseable {
    private final NamespaceThread thread;
    private final long init;
    /// -1 until it is needed.
    private int network = -1;

    private boolean closed;

    /// @param init the sandbox's first process, by its id on the host
    SandboxNetwork(NamespaceThread thread, long init) {
        this.thread = thread;
        this.init = init;
    }

    @Override
    public synchronized SocketChannel open() throws IOException {
        if (closed) {
            throw new IOException("the sandbox has ended");
        }
        if (network < 0) {
            network = Native.open("/proc/" + init + "/ns/net", Native.O_CLOEXEC);
        }
        return thread.inNetwork(network, () -> SocketChannel.open(StandardProtocolFamily.INET));
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (network >= 0) {
            Native.close(network);
            network = -1;
        }
    }
}
