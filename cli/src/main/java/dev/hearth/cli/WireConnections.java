package dev.hearth.cli;

import dev.hearth.cli.WireConnection.WireAnswer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Connections that are kept for the next request, last used first, so that there are no more than requests were
/// outstanding at once. Safe for any thread.
final class WireConnections implements AutoCloseable {
    private final URI endpoint;
    private final Duration timeout;
    private final ConcurrentLinkedDeque<WireConnection> idle = new ConcurrentLinkedDeque<>();

    WireConnections(URI endpoint, Duration timeout) {
        this.endpoint = endpoint;
        this.timeout = timeout;
    }

    /// Sends a request once.
    WireAnswer exchange(byte[] request) throws IOException {
        WireConnection kept = idle.pollFirst();
        WireConnection connection = kept == null ? WireConnection.open(endpoint, timeout) : kept;
        try {
            return connection.exchange(request);
        } finally {
            if (connection.isReusable()) {
                idle.addFirst(connection);
            } else {
                connection.close();
            }
        }
    }

    @Override
    public void close() {
        for (WireConnection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            connection.close();
        }
    }
}
