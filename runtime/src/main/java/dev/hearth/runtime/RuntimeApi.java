package dev.hearth.runtime;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// AWS's Runtime API (2018-06-01) for the one process in one sandbox.
///
/// One virtual thread accepts connections and one reads each of them. The caller's own thread writes the event and
/// is woken with the answer. Safe for use by any thread; one invocation at a time.
public final class RuntimeApi implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.hearth.runtime");

    /// AWS's limits of the shutdown phase.
    private static final Duration EXTERNAL_BUDGET = Duration.ofSeconds(2);

    private static final Duration INTERNAL_BUDGET = Duration.ofMillis(500);

    private final ServerSocketChannel socket;
    private final RuntimeApiConfig config;
    private final Events events;
    private final Rendezvous rendezvous = new Rendezvous();
    private final ExtensionHost host;
    private final @Nullable TelemetryHost telemetryHost;
    private final long beganNanos = System.nanoTime();
    private final long beganMillis = System.currentTimeMillis();
    private final ExtensionRequests extensionRequests;
    /// Null until there may be some, which for most functions is never. Volatile: made by the thread of the first that
    /// registers; a runtime that becomes initialised at the same time sees it, or is seen by it.
    private volatile @Nullable Extensions extensions;
    /// Null where nobody can subscribe any more and nobody has, and before somebody may. Volatile: made by the thread
    /// of an extension, read by all that have something to tell; written with the monitor, as the next.
    private volatile @Nullable Telemetry telemetry;

    private boolean initEnded;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    /// How the runtime ended, as a shell tells it; negative while it runs. Volatile: set by one connection's thread.
    private volatile int runtimeStatus = -1;
    /// Volatile: set by whoever closes, read by the accepting thread.
    private volatile boolean closed;

    private RuntimeApi(
            ServerSocketChannel socket,
            RuntimeApiConfig config,
            ExtensionHost host,
            @Nullable TelemetryHost telemetryHost,
            Events events) {
        this.socket = socket;
        this.config = config;
        this.events = events;
        this.host = host;
        this.telemetryHost = telemetryHost;
        var subscriptions = new SubscriptionRequests(telemetryHost != null, this::openTelemetry);
        this.extensionRequests = new ExtensionRequests(host, this::extensions, subscriptions);
        if (!host.external().isEmpty()) {
            Extensions _ = extensions();
            Telemetry _ = openTelemetry();
        }
    }

    /// Null once nobody can subscribe any more.
    private synchronized @Nullable Telemetry openTelemetry() {
        TelemetryHost facts = telemetryHost;
        if (telemetry == null && facts != null && !initEnded && !closed) {
            Telemetry made = new Telemetry(host, facts, beganMillis, beganNanos);
            telemetry = made;
            rendezvous.observe();
            events.telemetry(made);
        }
        return telemetry;
    }

    private synchronized Extensions extensions() {
        Extensions present = extensions;
        if (present == null) {
            present = new Extensions(host.external(), rendezvous::isInitialised, new Extensions.Listener() {
                @Override
                public void idle() {
                    events.ready();
                }

                @Override
                public void failed(ExtensionFailure failure) {
                    rendezvous.close();
                    events.failed(failure);
                }

                @Override
                public void runtimeExited(int status) {
                    runtimeStatus = status;
                    rendezvous.close();
                    events.exited(status);
                }
            });
            extensions = present;
        }
        return present;
    }

    /// What the owner of a sandbox wants to know.
    public interface Events {
        /// The function asked for an event and there is none: it is idle. Called on a connection's thread each
        /// time it becomes idle, the first time included; must not block. Not called where an event was waiting
        /// for it, and not by a function that has run its hooks.
        void ready();

        /// An extension has failed, and the instance with it: nothing more comes of invocations. Told once; must not
        /// block.
        default void failed(ExtensionFailure failure) {}

        /// The runtime has ended by itself, while its extensions, and the sandbox with them, go on until they are told
        /// to end. Told once; must not block.
        ///
        /// @param status as [#runtimeStatus] tells it
        default void exited(int status) {}

        /// Subscribers are about to be told that the runtime is done with an event: what it has written so far is to
        /// be told before. Must not block.
        default void runtimeDone() {}

        /// Somebody may subscribe to telemetry, and wants to know what is written. Told once, perhaps before anything
        /// is served; must not block.
        default void telemetry(Telemetry telemetry) {}
    }

    /// Starts to serve `socket`, which is closed with the returned object. Returns at once.
    public static RuntimeApi serve(ServerSocketChannel socket, RuntimeApiConfig config, Events events) {
        return serve(socket, config, ExtensionHost.NOBODY, events);
    }

    /// The same for a function that may have extensions.
    public static RuntimeApi serve(
            ServerSocketChannel socket, RuntimeApiConfig config, ExtensionHost host, Events events) {
        return serve(socket, config, host, null, events);
    }

    /// The same with the Telemetry API.
    ///
    /// @param telemetry null for none
    public static RuntimeApi serve(
            ServerSocketChannel socket,
            RuntimeApiConfig config,
            ExtensionHost host,
            @Nullable TelemetryHost telemetry,
            Events events) {
        RuntimeApi api = new RuntimeApi(socket, config, host, telemetry, events);
        Thread.ofVirtual().name("runtime-api-accept").start(api::accept);
        return api;
    }

    /// Waits until the function, and all its extensions, ask for their first event, or one reports that it could not
    /// initialise itself. Can be asked again: what was found stays.
    public Initialised awaitInitialised(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        Initialised runtime = rendezvous.awaitInitialised(limit);
        Extensions present = extensions;
        return present != null && runtime instanceof Initialised.Ready ? present.awaitInitialised(deadline) : runtime;
    }

    /// Hands an event to the function and waits for its answer. Where the function has not asked for an event yet,
    /// it gets it when it does.
    ///
    /// @param timeoutNanos counts from now; afterwards the function is in an unknown state and should be ended
    /// @throws IllegalStateException while another invocation is running
    public Answer invoke(RuntimeEvent event, long timeoutNanos) {
        Extensions present = extensions;
        if (present != null) {
            present.invoke(ExtensionEvents.invoke(event));
        }
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

    /// What subscribers are told of; null where there are none, and none to come.
    public @Nullable Telemetry telemetry() {
        return telemetry;
    }

    /// The initialisation is over, as its owner sees it, and nobody can subscribe to telemetry any more.
    public void initEnded(Initialised how) {
        Telemetry present;
        synchronized (this) {
            initEnded = true;
            present = telemetry;
        }
        Extensions all = extensions;
        if (present == null || all == null) {
            return;
        }
        TelemetryStatus status = switch (how) {
            case Initialised.Ready() -> TelemetryStatus.SUCCESS;
            case Initialised.Failed _ -> TelemetryStatus.ERROR;
            case Initialised.TimedOut() -> TelemetryStatus.TIMEOUT;
            case Initialised.Disconnected() -> TelemetryStatus.FAILURE;
        };
        if (!present.initEnded(status, initErrorType(how), all.states())) {
            telemetry = null;
        }
    }

    private String initErrorType(Initialised how) {
        return switch (how) {
            case Initialised.Ready(), Initialised.TimedOut() -> "";
            case Initialised.Failed(String type, var _) -> type;
            case Initialised.Disconnected() ->
                extensionFailure().map(ExtensionFailure::errorType).orElse("Runtime.ExitError");
        };
    }

    /// As AWS's logs tell of extensions: a line for each.
    public List<String> extensionLines() {
        Extensions present = extensions;
        return present == null ? List.of() : present.lines();
    }

    /// What an extension did that ended all this.
    public Optional<ExtensionFailure> extensionFailure() {
        Extensions present = extensions;
        return present == null ? Optional.empty() : present.failure();
    }

    /// How the runtime ended where its extensions still run, as a shell tells it: its exit status, or 128 and the
    /// signal that ended it.
    public OptionalInt runtimeStatus() {
        int status = runtimeStatus;
        return status < 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /// Whether there is an extension, of whichever kind.
    public boolean hasExtensions() {
        Extensions present = extensions;
        return present != null && !present.isEmpty();
    }

    /// How long extensions have for their end: zero where there are none.
    public Duration shutdownBudget() {
        Extensions present = extensions;
        if (present == null || present.isEmpty()) {
            return Duration.ZERO;
        }
        return present.hasExternal() ? EXTERNAL_BUDGET : INTERNAL_BUDGET;
    }

    /// Tells the extensions that want to know that all ends. Returns at once; what comes of it is the end of their
    /// processes.
    ///
    /// @param deadlineEpochMillis when they are killed
    public void shutDown(ShutdownReason reason, long deadlineEpochMillis) {
        Extensions present = extensions;
        if (present != null) {
            present.shutDown(ExtensionEvents.shutdown(reason, deadlineEpochMillis));
        }
    }

    private void runtimeIdle() {
        Extensions present = extensions;
        if (present == null) {
            events.ready();
        } else {
            Telemetry told = telemetry;
            if (told != null) {
                events.runtimeDone();
                told.runtimeAsks(rendezvous.finished()); // before extensions may be done, which wait for this
            }
            present.runtimeIdle();
        }
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
        Connection connection = new Connection(channel, config, rendezvous, extensionRequests, this::runtimeIdle);
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
        Extensions present = extensions;
        if (present != null) {
            present.close();
        }
        Telemetry told = telemetry;
        if (told != null) {
            told.close();
        }
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing the socket of a Runtime API failed; the system frees it", e);
        }
        connections.forEach(Connection::close);
    }
}
