package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/// Makes TCP sockets in a sandbox's own network: a connection of theirs to the loopback address ends at what listens
/// inside. Safe for any thread.
@FunctionalInterface
public interface SandboxSockets {
    /// One that is not connected. Takes a moment of the one thread that steps into namespaces.
    SocketChannel open() throws IOException;
}
