package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.engine.FunctionEngine;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Origin;
import dev.hearth.model.Outcome;
import dev.hearth.model.StartCause;
import dev.hearth.model.Timeline;
import dev.hearth.model.UpdateStatus;
import dev.hearth.model.VersionState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;

/// An engine that answers what it is told to, the event itself by default, and finishes deployments when the test says
/// so, or at once.
final class FakeEngine implements FunctionEngine {
    private final Catalog catalog;
    private final boolean atOnce;
    final List<Invocation> invocations = new ArrayList<>();
    final List<FunctionVersion> deployed = new ArrayList<>();
    int reservationChanges;
    final Map<String, Integer> provisioned = new HashMap<>();
    final List<String> removed = new ArrayList<>();
    Optional<Origin> origin = Optional.of(Origin.WARM);
    Optional<StartCause> cause = Optional.empty();
    LongFunction<Timeline> timeline = Timeline::notRun;
    Function<Invocation, Outcome> function = invocation -> new Outcome.Succeeded(invocation.payload());

    FakeEngine(Catalog catalog, boolean atOnce) {
        this.catalog = catalog;
        this.atOnce = atOnce;
    }

    @Override
    public synchronized InvocationReport invoke(Invocation invocation) {
        invocations.add(invocation);
        Optional<byte[]> log =
                invocation.logTail() ? Optional.of("START\nEND\n".getBytes(StandardCharsets.UTF_8)) : Optional.empty();
        return new InvocationReport(
                function.apply(invocation), origin, cause, timeline.apply(invocation.receivedNanos()), 0, 0, 0, log);
    }

    @Override
    public synchronized void deployed(FunctionVersion version) {
        deployed.add(version);
        if (atOnce) {
            settle();
        }
    }

    /// Finishes all that is being created or updated.
    void settle() {
        catalog.write(tx -> {
            for (FunctionVersion version : tx.unfinished()) {
                tx.put(version.withState(VersionState.Active.INSTANCE)
                        .withUpdateStatus(UpdateStatus.Successful.INSTANCE)
                        .revised(RequestIds.next(), version.lastModified()));
            }
            return true;
        });
    }

    @Override
    public synchronized void provision(FunctionVersion version, int instances) {
        provisioned.put(version.name() + ":" + version.version(), instances);
    }

    @Override
    public synchronized int initialisedInstances(FunctionVersion version) {
        return atOnce ? provisioned.getOrDefault(version.name() + ":" + version.version(), 0) : 0;
    }

    @Override
    public Origin arrange(FunctionVersion version, Origin origin) {
        return origin;
    }

    @Override
    public synchronized void reservationsChanged() {
        reservationChanges++;
    }

    @Override
    public synchronized void removed(FunctionVersion version) {
        removed.add(version.name() + ":" + version.version());
    }
}
