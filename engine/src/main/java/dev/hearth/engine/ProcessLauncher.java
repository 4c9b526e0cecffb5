package dev.hearth.engine;

import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Origin;
import dev.hearth.scheduler.Figures;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Starts functions' processes.
interface ProcessLauncher extends AutoCloseable {
    /// Starts the process of a version; returns as soon as it runs, before it is initialised.
    ///
    /// @param figures what starts of the version take
    /// @param log   gets what it writes
    /// @param ready is run each time it asks for an event: it is idle then; on the thread that serves it
    /// @param ended is run once when the process has ended by itself
    Launched launch(FunctionVersion version, Figures figures, InstanceLog log, Runnable ready, Runnable ended);

    /// Whether [FunctionProcess#pageOut] is worth its time here.
    default boolean canPageOut() {
        return true;
    }

    /// Makes the next instance of a version come from there, for measuring.
    ///
    /// @param limit how long that may take
    /// @return where it will come from
    default Origin arrange(FunctionVersion version, Origin origin, Duration limit) {
        return Origin.BOOT;
    }

    /// What it keeps ready that belongs to no version yet.
    default Optional<Stems> stems() {
        return Optional.empty();
    }

    /// How many runtimes of each kind were started ahead and are no instances.
    default Map<String, Integer> startedAhead() {
        return Map.of();
    }

    /// Waits until all that was told to end in its own time has ended, and ends what instances are made from. After the
    /// last of them was closed.
    @Override
    default void close() {}

    /// What came of it.
    sealed interface Launched {
        /// @param origin what it was made from
        record Running(FunctionProcess process, Origin origin) implements Launched {
            Running(FunctionProcess process) {
                this(process, Origin.BOOT);
            }
        }

        /// Nothing is left behind.
        record Failed(StartFailure failure) implements Launched {}
    }
}
