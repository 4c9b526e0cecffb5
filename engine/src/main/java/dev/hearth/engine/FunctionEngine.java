package dev.hearth.engine;

import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import dev.hearth.model.InvocationReport;

/// What edges may ask of the engine.
public interface FunctionEngine {
    /// Runs an invocation and waits for its end; never throws for what a caller, a function or the host did.
    InvocationReport invoke(Invocation invocation);

    /// Call after a version was committed to the catalog in state Pending, or `$LATEST` with an update in progress:
    /// prepares it in the background, then moves its state in the catalog to Active or Failed, its update
    /// to Successful or Failed. Returns at once.
    void deployed(FunctionVersion version);

    /// Call after a version was removed from the catalog: its instances end when they are idle. Returns at once.
    ///
    /// @param version `$LATEST` or a number
    void removed(String function, String version);

    /// Call after a reservation of concurrency was put or deleted in the catalog.
    void reservationsChanged();
}
