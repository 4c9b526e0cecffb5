package dev.hearth.sandbox;

/// Stops the processes of one sandbox where they stand and lets them go on. Safe for any thread; nothing is waited for
/// while a monitor is held, but for what [SignalFreezer] says.
interface Freezer extends AutoCloseable {
    /// Waits until all have stopped; a second call does nothing.
    ///
    /// @return whether they have; `false` also where [#thaw] or [#close] came in between
    boolean freeze();

    /// Does nothing where they run.
    void thaw();

    /// Thaws for good: a later [#freeze] does nothing. For the end, so that what was killed can die.
    @Override
    void close();
}
