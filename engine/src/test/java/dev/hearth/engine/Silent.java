package dev.hearth.engine;

import dev.hearth.model.Invocation;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Origin;

/// Listens to nothing.
final class Silent implements EngineListener {
    @Override
    public void invoked(Invocation invocation, InvocationReport report) {}

    @Override
    public void started(String function, Origin origin, long nanos) {}

    @Override
    public void startFailed(String function, String errorType) {}
}
