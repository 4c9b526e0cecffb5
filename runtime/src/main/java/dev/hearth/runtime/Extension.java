package dev.hearth.runtime;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One extension of one instance. All of it is guarded by the monitor of its [Extensions].
final class Extension {
    /// By AWS's words for them.
    enum Phase {
        /// Its process was started.
        STARTED("Started"),
        /// It has registered.
        REGISTERED("Registered"),
        /// It waits for an event.
        READY("Ready"),
        /// It handles an event.
        RUNNING("Running"),
        /// It has reported that it could not initialise itself.
        INIT_ERROR("InitError"),
        /// It has reported that it is about to end.
        EXIT_ERROR("ExitError"),
        /// Its process has ended.
        EXITED("Exited");

        final String awsName;

        Phase(String awsName) {
            this.awsName = awsName;
        }
    }

    final String id = UUID.randomUUID().toString();
    final String name;
    final boolean external;
    Phase phase = Phase.STARTED;
    Set<ExtensionEvent> events = Set.of();
    /// The event it has to get next, as JSON.
    @Nullable
    String pending;
    /// Counts its requests for an event: the latest is the one that is answered.
    int poll;

    Extension(String name, boolean external) {
        this.name = name;
        this.external = external;
    }

    boolean wants(ExtensionEvent event) {
        return events.contains(event);
    }

    TelemetryEvent.ExtensionState state() {
        return new TelemetryEvent.ExtensionState(
                name, phase.awsName, events.stream().sorted().map(Enum::name).toList());
    }

    /// As AWS's logs tell of extensions.
    String line() {
        TelemetryEvent.ExtensionState state = state();
        return "EXTENSION\tName: " + name + "\tState: " + state.state() + "\tEvents: " + state.events();
    }
}
