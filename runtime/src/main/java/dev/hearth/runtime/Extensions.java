package dev.hearth.runtime;

import dev.hearth.runtime.Extension.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The extensions of one instance: who has registered, who waits for an event, and when the instance is idle, which
/// takes all of them and the runtime. Source: AWS's Lambda Extensions API (2020-01-01), and the state machine of its
/// runtime interface emulator.
///
/// The monitor guards all of it, what it holds included. Extensions' own threads wait with it for their events.
final class Extensions {
    /// The most of one function, external and internal together.
    static final int LIMIT = 10;

    /// Who is told what became of them.
    interface Listener {
        /// The runtime and all extensions wait for an event. Must not block.
        void idle();

        /// One of them has failed; told once. Must not block.
        void failed(ExtensionFailure failure);

        /// The runtime's process has ended, while external extensions still run. Must not block.
        ///
        /// @param status as a shell tells it
        void runtimeExited(int status);
    }

    /// What came of a request of an extension.
    sealed interface Result {
        /// It is, under its identifier.
        record Registered(String id) implements Result {}

        /// What it reported was noted.
        record Noted() implements Result {}

        /// Its next event, as JSON.
        record Event(String json) implements Result {}

        /// It cannot be; in AWS's words.
        record Refused(String errorType, String message) implements Result {}

        /// The instance has ended, or the extension has asked again on another connection.
        record Gone() implements Result {}
    }

    private static final Result GONE = new Result.Gone();

    private final Listener listener;
    private final BooleanSupplier runtimeInitialised;
    private final List<String> externalNames;
    private final Map<String, Extension> byName = new LinkedHashMap<>();
    private boolean registrationOpen = true;
    private boolean runtimeIdle;
    /// The listener knows that the instance is idle.
    private boolean announced;
    private boolean initialised;
    private boolean runtimeGone;
    private boolean shuttingDown;
    private boolean closed;
    private @Nullable ExtensionFailure failure;

    /// @param external           names of those that have been started
    /// @param runtimeInitialised whether the runtime has asked for its first event, or failed to get there
    Extensions(List<String> external, BooleanSupplier runtimeInitialised, Listener listener) {
        this.listener = listener;
        this.runtimeInitialised = runtimeInitialised;
        this.externalNames = external;
        external.forEach(name -> byName.put(name, new Extension(name, true)));
    }

    synchronized Result register(String name, Set<ExtensionEvent> events) {
        Extension found = byName.get(name);
        if (found == null || !found.external) {
            return registerInternal(name, events, found != null);
        }
        return found.phase == Phase.STARTED ? register(found, events) : invalid(found, Phase.REGISTERED, found.name);
    }

    private Result registerInternal(String name, Set<ExtensionEvent> events, boolean taken) {
        if (events.contains(ExtensionEvent.SHUTDOWN)) {
            return new Result.Refused(
                    "Extension.InvalidEventType", "SHUTDOWN: event type not supported for internal extensions");
        }
        if (!registrationOpen || runtimeInitialised.getAsBoolean()) {
            return new Result.Refused("Extension.RegistrationClosed", "Extension registration closed already");
        }
        if (taken) {
            return new Result.Refused("Extension.InvalidExtensionState", "Extension with this name already registered");
        }
        if (byName.size() >= LIMIT) {
            return new Result.Refused("Extension.TooManyExtensions", "Extension limit (" + LIMIT + ") reached");
        }
        Extension added = new Extension(name, false);
        byName.put(name, added);
        return register(added, events);
    }

    private Result register(Extension extension, Set<ExtensionEvent> events) {
        extension.events = Set.copyOf(events);
        extension.phase = Phase.REGISTERED;
        notifyAll();
        return new Result.Registered(extension.id);
    }

    /// Waits for an event on the extension's own connection.
    Result next(Extension extension) {
        int mine;
        boolean idle;
        synchronized (this) {
            switch (extension.phase) {
                case STARTED, INIT_ERROR, EXIT_ERROR, EXITED -> {
                    return invalid(extension, Phase.READY, extension.id);
                }
                case REGISTERED, READY, RUNNING -> {
                    // who waits already has lost its connection
                }
            }
            mine = ++extension.poll;
            if (extension.pending == null) {
                extension.phase = Phase.READY;
            }
            idle = becomesIdle();
            notifyAll();
        }
        if (idle) {
            listener.idle();
        }
        return awaitEvent(extension, mine);
    }

    private synchronized Result awaitEvent(Extension extension, int poll) {
        await(() -> extension.pending != null || closed || extension.poll != poll, Long.MAX_VALUE);
        String event = extension.pending;
        if (closed || event == null || extension.poll != poll) {
            return GONE;
        }
        extension.pending = null;
        return new Result.Event(event);
    }

    /// The runtime asks for an event and there is none.
    void runtimeIdle() {
        boolean idle;
        synchronized (this) {
            registrationOpen = false;
            runtimeIdle = true;
            idle = becomesIdle();
        }
        if (idle) {
            listener.idle();
        }
    }

    /// Whether the listener is to be told that all wait, after the monitor is left. The first time it is told here,
    /// before whoever waits for that goes on: later calls cannot come before this one then.
    private boolean becomesIdle() {
        boolean all = runtimeIdle && byName.values().stream().allMatch(e -> e.phase == Phase.READY);
        if (!all || announced || failure != null || shuttingDown) {
            return false;
        }
        announced = true;
        if (initialised) {
            return true;
        }
        initialised = true;
        listener.idle();
        notifyAll();
        return false;
    }

    /// An invocation begins.
    ///
    /// @param event as those are told that want to know, as JSON
    synchronized void invoke(String event) {
        runtimeIdle = false;
        announced = false;
        for (Extension extension : byName.values()) {
            if (extension.wants(ExtensionEvent.INVOKE)) {
                extension.pending = event;
                extension.phase = Phase.RUNNING;
            }
        }
        notifyAll();
    }

    /// Tells those that want to know that the instance ends.
    synchronized void shutDown(String event) {
        shuttingDown = true;
        for (Extension extension : byName.values()) {
            if (extension.wants(ExtensionEvent.SHUTDOWN)) {
                extension.pending = event;
            }
        }
        notifyAll();
    }

    /// An extension could not initialise itself.
    Result initError(Extension extension, String errorType) {
        return report(extension, Phase.INIT_ERROR, "Extension.InitError", errorType);
    }

    /// An extension is about to end.
    Result exitError(Extension extension, String errorType) {
        return report(extension, Phase.EXIT_ERROR, "Extension.ExitError", errorType);
    }

    private synchronized Result report(Extension extension, Phase to, String awsType, String errorType) {
        boolean possible = switch (extension.phase) {
            case REGISTERED -> true;
            case READY, RUNNING -> to == Phase.EXIT_ERROR;
            case STARTED, INIT_ERROR, EXIT_ERROR, EXITED -> false;
        };
        if (!possible) {
            return invalid(extension, to, extension.id);
        }
        extension.phase = to;
        fail(new ExtensionFailure(extension.name, awsType, errorType));
        return new Result.Noted();
    }

    /// The process of an external extension has ended.
    ///
    /// @param index  by the order in which they were started
    /// @param status as a shell tells it
    synchronized void exited(int index, int status) {
        if (index < 0 || index >= externalNames.size()) {
            return;
        }
        Extension extension = byName.get(externalNames.get(index));
        if (extension != null) {
            extension.phase = Phase.EXITED;
            fail(ExtensionFailure.exited(extension.name, status));
        }
    }

    /// The runtime's process has ended.
    ///
    /// @param status as a shell tells it
    synchronized void runtimeExited(int status) {
        if (!runtimeGone && !shuttingDown && !closed && failure == null) {
            runtimeGone = true;
            notifyAll();
            listener.runtimeExited(status);
        }
    }

    private void fail(ExtensionFailure how) {
        if (failure == null && !runtimeGone && !shuttingDown && !closed) {
            failure = how;
            notifyAll();
            listener.failed(how);
        }
    }

    private static Result invalid(Extension extension, Phase to, String named) {
        return new Result.Refused(
                "Extension.InvalidExtensionState",
                "State transition from " + extension.phase.awsName + " to " + to.awsName + " failed for extension "
                        + named + ". Error: State transition is not allowed");
    }

    /// Waits until every external extension has registered: only then does the runtime start, as on AWS.
    synchronized void awaitRegistered() {
        await(
                () -> closed || failure != null || byName.values().stream().noneMatch(e -> e.phase == Phase.STARTED),
                Long.MAX_VALUE);
    }

    /// Waits until the runtime, which is initialised, and all extensions are.
    synchronized Initialised awaitInitialised(long deadlineNanos) {
        await(() -> initialised || isOver() || byName.isEmpty(), deadlineNanos);
        if (isOver()) {
            return new Initialised.Disconnected();
        }
        return initialised || byName.isEmpty() ? new Initialised.Ready() : new Initialised.TimedOut();
    }

    private boolean isOver() {
        return closed || runtimeGone || failure != null;
    }

    private void await(BooleanSupplier condition, long deadlineNanos) {
        boolean interrupted = false;
        while (!condition.getAsBoolean()) {
            long left = deadlineNanos == Long.MAX_VALUE ? Long.MAX_VALUE : deadlineNanos - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
            } catch (InterruptedException e) {
                interrupted = true; // told to whoever waits next; close() ends every wait here
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized Optional<Extension> find(String id) {
        return byName.values().stream()
                .filter(e -> e.phase != Phase.STARTED && e.id.equals(id))
                .findAny();
    }

    synchronized Optional<ExtensionFailure> failure() {
        return Optional.ofNullable(failure);
    }

    synchronized boolean isEmpty() {
        return byName.isEmpty();
    }

    synchronized boolean hasExternal() {
        return !externalNames.isEmpty();
    }

    /// As subscribers to telemetry are told of them.
    synchronized List<TelemetryEvent.ExtensionState> states() {
        return byName.values().stream().map(Extension::state).toList();
    }

    /// As AWS's logs tell of them.
    synchronized List<String> lines() {
        return byName.values().stream().map(Extension::line).toList();
    }

    /// Ends every wait, now and later.
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
