package dev.hearth.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What happens in one instance, for the extensions that have subscribed to it. It is there only where somebody may
/// still subscribe or has: all others see none of it.
///
/// Events before the first subscription are kept until the initialisation is over. Safe for any thread: the monitor
/// guards everything, and nobody waits with it.
public final class Telemetry implements AutoCloseable {
    /// Of what is kept for those that subscribe later.
    private static final int KEPT_EVENTS = 1_000;

    private static final int KEPT_CHARACTERS = 256 * 1024;

    private final TelemetryHost host;
    private final long beganNanos;
    private final Map<String, Subscriber> subscribers = new LinkedHashMap<>();
    private final List<Past> past = new ArrayList<>();
    private int pastCharacters;
    private boolean open = true;
    private boolean closed;
    private boolean initRuntimeDone;
    private @Nullable Current current;

    private record Past(TelemetryEvent event, long epochMillis) {}

    /// The invocation that runs.
    private static final class Current {
        private final TelemetryEvent.Start start;
        private final long beganNanos = System.nanoTime();
        private long doneNanos;
        private TelemetryStatus status = TelemetryStatus.SUCCESS;
        private String errorType = "";

        Current(TelemetryEvent.Start start) {
            this.start = start;
        }
    }

    /// @param beganMillis when the initialisation began
    /// @param beganNanos  the same, monotonic
    Telemetry(ExtensionHost function, TelemetryHost host, long beganMillis, long beganNanos) {
        this.host = host;
        this.beganNanos = beganNanos;
        tell(
                new TelemetryEvent.InitStart(
                        function.functionName(), function.functionVersion(), host.instanceId(), host.memoryBytes()),
                beganMillis);
    }

    /// What came of wanting to subscribe.
    enum Outcome {
        SUBSCRIBED,
        /// The initialisation is over.
        CLOSED,
        /// The extension uses the other API.
        OTHER_API
    }

    /// Takes the place of an earlier subscription of the same extension.
    synchronized Outcome subscribe(String extension, Subscription subscription) {
        if (!open || closed) {
            return Outcome.CLOSED;
        }
        Subscriber earlier = subscribers.get(extension);
        if (earlier != null && earlier.subscription().schema().api != subscription.schema().api) {
            return Outcome.OTHER_API;
        }
        if (earlier == null) {
            Subscriber added = subscriber(extension, subscription);
            past.forEach(each -> added.offer(each.event(), each.epochMillis()));
            tellNow(new TelemetryEvent.Subscribed(extension, subscription.types()));
        } else if (!earlier.subscription().equals(subscription)) {
            earlier.close();
            subscriber(extension, subscription);
            tellNow(new TelemetryEvent.Subscribed(extension, subscription.types()));
        }
        return Outcome.SUBSCRIBED;
    }

    private Subscriber subscriber(String extension, Subscription subscription) {
        var connection =
                new SandboxConnection(host.sockets(), subscription.destination().port());
        Delivery delivery = switch (subscription.destination()) {
            case Destination.Http http -> new HttpDelivery(connection, http);
            case Destination.Tcp _ -> new TcpDelivery(connection);
        };
        Subscriber added = new Subscriber(extension, subscription, host.jsonLogs(), delivery);
        subscribers.put(extension, added);
        return added;
    }

    private void tellNow(TelemetryEvent event) {
        tell(event, System.currentTimeMillis());
    }

    private void tell(TelemetryEvent event, long epochMillis) {
        subscribers.values().forEach(subscriber -> subscriber.offer(event, epochMillis));
        if (open) {
            int size = event instanceof TelemetryEvent.Line(var _, String text) ? text.length() : 0;
            if (past.size() < KEPT_EVENTS && pastCharacters + size <= KEPT_CHARACTERS) {
                past.add(new Past(event, epochMillis));
                pastCharacters += size;
            }
        }
    }

    /// Somebody has written a line.
    ///
    /// @param byExtension whether it was an external extension; else it was the function
    public synchronized void line(boolean byExtension, long epochMillis, String text) {
        TelemetryType type = byExtension ? TelemetryType.EXTENSION : TelemetryType.FUNCTION;
        tell(new TelemetryEvent.Line(type, text), epochMillis);
    }

    /// The runtime asks for an event and there is none.
    ///
    /// @param latest what it answered last; null before that
    synchronized void runtimeAsks(@Nullable Finished latest) {
        if (!initRuntimeDone) {
            initRuntimeDone = true;
            tellNow(new TelemetryEvent.InitRuntimeDone(TelemetryStatus.SUCCESS, ""));
            return;
        }
        Current now = current;
        if (now != null && latest != null && latest.requestId().equals(now.start.requestId())) {
            now.status = latest.status();
            now.errorType = latest.errorType();
            runtimeDone(now, latest);
        }
    }

    /// The initialisation is over, well or not: nobody can subscribe any more.
    ///
    /// @param extensions the states of all
    /// @return whether somebody has subscribed
    synchronized boolean initEnded(
            TelemetryStatus status, String errorType, List<TelemetryEvent.ExtensionState> extensions) {
        extensions.forEach(this::tellNow);
        if (!initRuntimeDone) {
            initRuntimeDone = true;
            tellNow(new TelemetryEvent.InitRuntimeDone(status, errorType));
        }
        tellNow(new TelemetryEvent.InitReport(status, errorType, System.nanoTime() - beganNanos));
        open = false;
        past.clear();
        return !subscribers.isEmpty();
    }

    /// An invocation begins.
    ///
    /// @param traceId empty for none
    public synchronized void started(String requestId, String version, String traceId) {
        TelemetryEvent.Start start = new TelemetryEvent.Start(requestId, version, traceId);
        current = new Current(start);
        tellNow(start);
    }

    /// Something went wrong, in the words of the function's log.
    public synchronized void fault(String message) {
        tellNow(new TelemetryEvent.Fault(message));
    }

    /// The latest invocation is over: the runtime and all extensions are done with it, or have ended.
    ///
    /// @param failed    how, where it was not answered; null where it was
    /// @param errorType where it was not answered
    /// @param initNanos of the initialisation before it, 0 for none
    public synchronized void finished(
            @Nullable TelemetryStatus failed,
            String errorType,
            long durationNanos,
            long memoryMib,
            long peakMib,
            long initNanos) {
        Current now = current;
        if (now == null) {
            return;
        }
        current = null;
        if (failed != null) {
            now.status = failed;
            now.errorType = errorType;
        }
        if (now.doneNanos == 0) {
            runtimeDone(now, null);
        }
        TelemetryEvent.Start start = now.start;
        tellNow(new TelemetryEvent.End(start.requestId()));
        tellNow(new TelemetryEvent.Report(
                start.requestId(),
                now.status,
                now.errorType,
                durationNanos,
                memoryMib,
                peakMib,
                initNanos,
                List.of(span("extensionOverhead", now.doneNanos, System.nanoTime())),
                start.traceId()));
    }

    private void runtimeDone(Current now, @Nullable Finished latest) {
        now.doneNanos = System.nanoTime();
        TelemetryEvent.Start start = now.start;
        tellNow(new TelemetryEvent.RuntimeDone(
                start.requestId(),
                now.status,
                now.errorType,
                now.doneNanos - now.beganNanos,
                latest == null ? -1 : latest.producedBytes(),
                latest == null ? List.of() : spans(latest, now.doneNanos),
                start.traceId()));
    }

    private static List<TelemetryEvent.Span> spans(Finished latest, long doneNanos) {
        return List.of(
                span("responseLatency", latest.deliveredNanos(), latest.begunNanos()),
                span("responseDuration", latest.begunNanos(), latest.endedNanos()),
                span("runtimeOverhead", latest.endedNanos(), doneNanos));
    }

    private static TelemetryEvent.Span span(String name, long from, long to) {
        long startMillis = System.currentTimeMillis() - (System.nanoTime() - from) / 1_000_000;
        return new TelemetryEvent.Span(name, startMillis, Math.max(0, to - from));
    }

    /// Has all delivered that waits, and waits for that.
    ///
    /// @param limit for all subscribers together; what is left then waits further
    public void flush(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        List<Subscriber> all = all();
        all.forEach(Subscriber::hurry);
        all.forEach(subscriber -> subscriber.awaitDelivered(deadline));
    }

    /// The instance is about to be frozen, or goes on: meanwhile nothing is delivered.
    public void stand(boolean still) {
        all().forEach(subscriber -> subscriber.stand(still));
    }

    /// The instance ends: all that comes is delivered at once.
    public void beginEnd() {
        all().forEach(Subscriber::beginEnd);
    }

    private synchronized List<Subscriber> all() {
        return List.copyOf(subscribers.values());
    }

    /// Ends all deliveries.
    @Override
    public void close() {
        List<Subscriber> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(subscribers.values());
        }
        all.forEach(Subscriber::close);
    }
}
