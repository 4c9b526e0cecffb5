package dev.hearth.scheduler;

/// The health of an instance that serves HTTP itself, as its probes found it.
///
/// ```
/// Cold ──► Warming ──► Ready
///             │          │
///             └──► Abnormal ◄┘
/// ```
/// Abnormal is the end: the instance is replaced.
public sealed interface Health {
    /// It was started and never probed.
    record Cold() implements Health {}

    /// It was probed and has not been healthy yet.
    ///
    /// @param failures answers in a row that said it is not well; that nobody listens yet is none
    record Warming(int failures) implements Health {}

    /// It serves.
    ///
    /// @param failures probes in a row that failed since
    record Ready(int failures) implements Health {}

    /// It will not serve any more.
    ///
    /// @param reason why
    record Abnormal(String reason) implements Health {}
}
