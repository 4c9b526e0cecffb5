package dev.hearth.engine;

import dev.hearth.model.FunctionVersion;

/// Starts functions' processes.
interface ProcessLauncher {
    /// Starts the process of a version; returns as soon as it runs, before it is initialised.
    ///
    /// @param log   gets what it writes
    /// @param ready is run each time it asks for an event: it is idle then; on the thread that serves it
    /// @param ended is run once when the process has ended by itself
    Launched launch(FunctionVersion version, InstanceLog log, Runnable ready, Runnable ended);

    /// Whether [FunctionProcess#pageOut] is worth its time here.
    default boolean canPageOut() {
        return true;
    }

    /// Waits until all that was told to end in its own time has ended.
    default void close() {}

    /// What came of it.
    sealed interface Launched {
        record Running(FunctionProcess process) implements Launched {}

        /// Nothing is left behind.
        record Failed(StartFailure failure) implements Launched {}
    }
}
