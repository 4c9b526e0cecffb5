package dev.hearth.engine;

/// The life of an [Instance].
///
/// ```
/// STARTING ──► IDLE ◄──► BUSY
///     │          │         │
///     └──────────┴─────────┴──► CLOSED
/// ```
enum InstanceState {
    /// Its process runs and initialises.
    STARTING,
    /// It waits for an event.
    IDLE,
    /// It was claimed for an invocation and has not asked for the next event since.
    BUSY,
    /// Its process is gone or being removed.
    CLOSED
}
