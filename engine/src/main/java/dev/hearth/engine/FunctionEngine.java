package dev.hearth.engine;

import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Origin;

/// What edges may ask of the engine.
public interface FunctionEngine {
    /// Runs an invocation and waits for its end; never throws for what a caller, a function or the host did.
    InvocationReport invoke(Invocation invocation);

    /// Call after a version was committed to the catalog in state Pending, or `$LATEST` with an update in progress:
    /// prepares it in the background, then moves its state in the catalog to Active or Failed, its update
    /// to Successful or Failed. Returns at once.
    void deployed(FunctionVersion version);

    /// Call after a version was removed from the catalog: its instances end when they are idle. Returns at once.
    void removed(FunctionVersion version);

    /// Call after provisioned concurrency of a version was put in or deleted from the catalog.
    ///
    /// @param instances how many are to be kept initialised; 0 when it was deleted
    void provision(FunctionVersion version, int instances);

    /// How many instances of a version are initialised and can take an invocation or run one: what AWS shows as
    /// available and allocated, at most what was provisioned.
    int initialisedInstances(FunctionVersion version);

    /// Makes the next invocation of a version have this origin, where that can be had, and waits until it is so: for
    /// measuring. The version's other idle instances end.
    ///
    /// @return the origin that the next invocation will have; another one where this host or this version cannot
    Origin arrange(FunctionVersion version, Origin origin);

    /// Call after a reservation of concurrency was put or deleted in a catalog.
    void reservationsChanged();
}
