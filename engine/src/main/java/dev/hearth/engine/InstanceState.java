package dev.hearth.engine;

/// The life of an [Instance].
///
/// ```
/// STARTING ──► IDLE ◄──────► BUSY
///     │         ▲ │            ▲
///     │         │ ▼            │
///     │       PARKING ──► FROZEN
///     │          │          │
///     └──────────┴──────────┴──► CLOSED
/// ```
enum InstanceState {
    /// Its process runs and initialises.
    STARTING,
    /// It waits for an event.
    IDLE,
    /// It was claimed for an invocation and has not asked for the next event since.
    BUSY,
    /// It is being frozen or woken for another reason than an invocation: nobody can claim it for a moment.
    PARKING,
    /// A standby: it waits for an event and its processes are stopped.
    FROZEN,
    /// Its process is gone or being removed.
    CLOSED
}
