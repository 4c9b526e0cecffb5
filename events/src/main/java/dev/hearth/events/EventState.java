package dev.hearth.events;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Where an event is in its life. What was delivered is gone.
///
/// ```
/// accepted ──► PENDING ──► RETRYING ──► DEAD          (no destination: kept)
///                 └───────────┴───────► UNDELIVERED   (a destination that cannot be had: kept)
///                                          │
///              PENDING ◄── redrive ────────┘
/// ```
public enum EventState {
    /// Waits for its first attempt, or is in it.
    PENDING(1),
    /// Its function failed; waits for another attempt, or is in it.
    RETRYING(2),
    /// All attempts failed, or it grew too old, and it has nowhere to go.
    DEAD(3),
    /// It, or the record of it, could not be handed to its destination.
    UNDELIVERED(4);

    private final byte code;

    EventState(int code) {
        this.code = (byte) code;
    }

    /// In the journal.
    byte code() {
        return code;
    }

    static EventState of(byte code) {
        return Arrays.stream(values())
                .filter(state -> state.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no state of code " + code));
    }

    /// As commands and metrics name it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether it will be attempted by itself.
    public boolean isQueued() {
        return this == PENDING || this == RETRYING;
    }

    /// The state that a command names.
    public static Optional<EventState> of(String label) {
        return Arrays.stream(values())
                .filter(state -> state.label().equals(label))
                .findFirst();
    }
}
