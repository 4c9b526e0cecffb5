package dev.hearth.engine;

import dev.hearth.model.Invocation;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Origin;

/// Is told what the engine does; metrics are counted from it. Called on the threads that do the work, so
/// it must be quick.
public interface EngineListener {
    /// An invocation ended.
    void invoked(Invocation invocation, InvocationReport report);

    /// An instance is ready for its first invocation.
    ///
    /// @param nanos from the decision to start it until it asked for its first event
    void started(String function, Origin origin, long nanos);

    /// An instance could not be started.
    void startFailed(String function, String errorType);
}
