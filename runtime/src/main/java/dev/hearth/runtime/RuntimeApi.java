package dev.hearth.runtime;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// AWS's Runtime API (2018-06-01) for the one process in one sandbox.
///
/// One virtual thread accepts connections and one reads each of them. The caller's own thread writes the event and
/// is woken with the answer. Safe for use by any thread; one invocation at a time.
public final class RuntimeApi implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.hearth.runtime");

    private final ServerSocketChannel socket;
    private final RuntimeApiConfig config;
    private final Events events;
    private final Rendezvous rendezvous = new Rendezvous();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    /// Volatile: set by whoever closes, read by the accepting thread.
    private volatile boolean closed;

    private RuntimeApi(ServerSocketChannel socket, RuntimeApiConfig config, Events events) {
        this.socket = socket;
        this.config = config;
        this.events = events;
    }

    /// What the owner of a sandbox wants to know.
    public interface Events {
        /// The function asked for an event and there is none: it is idle. Called on a connection's thread each
        /// time it becomes idle, the first time included; must not block. Not called where an event was waiting
        /// for it, and not by a function that has run its hooks.
        void ready();
    }

    /// Starts to serve `socket`, which is closed with the returned object. Returns at once.
    public static RuntimeApi serve(ServerSocketChannel socket, RuntimeApiConfig config, Events events) {
        RuntimeApi api = new RuntimeApi(socket, config, events);
        Thread.ofVirtual().name("runtime-api-accept").start(api::accept);
        return api;
    }

    /// Waits until the function asks for its first event or reports that it could not initialise itself. Can be
    /// asked again: what was found stays.
    public Initialised awaitInitialised(Duration limit) {
        return rendezvous.awaitInitialised(limit);
    }

    /// Hands an event to the function and waits for its answer. Where the function has not asked for an event yet,
    /// it gets it when it does.
    ///
    /// @param timeoutNanos counts from now; afterwards the function is in an unknown state and should be ended
    /// @throws IllegalStateException while another invocation is running
    public Answer invoke(RuntimeEvent event, long timeoutNanos) {
        return rendezvous.invoke(event, timeoutNanos);
    }

    /// When the handler ran that answered an event; known until it has answered the next one.
    public HandlerTimes handlerTimes(String requestId) {
        return rendezvous.handlerTimes(requestId);
    }

    /// How the function's initialisation went by; known once it is initialised, where its runtime tells.
    public InitTimes initTimes() {
        return rendezvous.initTimes();
    }

    /// Whether the function has registered hooks. Known once it is initialised; where its handler registers the
    /// first, once it asks for its next event.
    public boolean hasHooks() {
        return rendezvous.hasHooks();
    }

    /// Has the function run its hooks of one kind and waits until it has, and has asked for its next event. Only
    /// while it is initialised and no invocation runs. Does nothing for a function that has none.
    ///
    /// After anything but a [Answer.Response] the function is in an unknown state and should be ended.
    ///
    /// @param limit how long the hooks may take
    /// @return how it ended: a [Answer.Response], an [Answer.Error] in the function's words, or why there is none
    /// @throws IllegalStateException while an invocation is running
    public Answer runHooks(Hook hook, Duration limit) {
        return rendezvous.runHooks(hook, limit);
    }

    private void accept() {
        while (!closed) {
            try {
                serve(socket.accept());
            } catch (IOException e) {
                if (!closed) {
                    LOG.log(Level.WARNING, "the Runtime API of a sandbox ended", e);
                    close();
                }
            }
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        if (connections.size() >= config.connectionLimit()) {
            channel.close();
            return;
        }
        if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) { // not a Unix socket
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        Connection connection = new Connection(channel, config, rendezvous, events);
        connections.add(connection);
        Thread.ofVirtual().name("runtime-api").start(() -> run(connection));
        if (closed) {
            connection.close(); // it may have been accepted after close() had looked at the connections
        }
    }

    private void run(Connection connection) {
        try {
            connection.run();
        } finally {
            connections.remove(connection);
        }
    }

    /// Ends all connections and wakes whoever waits here with Disconnected. A second call does nothing.
    @Override
    public void close() {
        closed = true;
        rendezvous.close();
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing the socket of a Runtime API failed; the system frees it", e);
        }
        connections.forEach(Connection::close);
    }
}
