package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// A sandbox that holds memory and says its digest when it is asked.
final class Holder implements AutoCloseable {
    private static final int DIGEST_BYTES = 32;

    final Sandbox sandbox;
    private final SocketChannel peer;

    private Holder(Sandbox sandbox, SocketChannel peer) {
        this.sandbox = sandbox;
        this.peer = peer;
    }

    static Holder start(LinuxSandboxes sandboxes, String script) throws SandboxException, IOException {
        return start(sandboxes, SandboxFixture.python(script));
    }

    static Holder start(LinuxSandboxes sandboxes, SandboxSpec spec) throws SandboxException, IOException {
        Sandbox sandbox = sandboxes.create(spec);
        sandbox.start();
        return new Holder(sandbox, sandbox.runtimeApi().accept());
    }

    void ask() throws IOException {
        peer.write(ByteBuffer.wrap(new byte[1]));
    }

    byte[] askForDigest() throws IOException {
        ask();
        return digest();
    }

    byte[] digest() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(DIGEST_BYTES);
        while (bytes.hasRemaining() && peer.read(bytes) >= 0) {}
        return bytes.array();
    }

    @Override
    public void close() throws IOException {
        sandbox.close();
        peer.close();
    }
}
