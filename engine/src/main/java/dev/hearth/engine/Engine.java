package dev.hearth.engine;

import dev.hearth.catalog.Catalogs;
import dev.hearth.catalog.CodeStore;
import dev.hearth.model.Clock;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Origin;
import dev.hearth.model.Outcome;
import dev.hearth.model.ThrottleReason;
import dev.hearth.runtime.Runtimes;
import dev.hearth.sandbox.SandboxFactory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Runs functions. The way of one invocation is [#invoke]: admission, an instance, the function, its outcome.
///
/// Safe for use by any thread; each invocation runs on its caller's own.
public final class Engine implements FunctionEngine, AutoCloseable {
    private final EngineConfig config;
    private final Clock clock;
    private final Admissions admissions;
    private final InstancePools pools;
    private final Dispatcher dispatcher;
    private final Deployments deployments;
    private final EngineListener listener;
    private final ProcessLauncher launcher;
    private final Keeper keeper;
    private final Restoration restoration;

    /// The engine as it runs in production: functions in sandboxes.
    public static Engine of(
            EngineConfig config,
            Catalogs catalogs,
            CodeStore codeStore,
            Runtimes runtimes,
            SandboxFactory sandboxes,
            LogSink logs,
            EngineListener listener,
            Clock clock) {
        SandboxLauncher launcher = new SandboxLauncher(
                config,
                codeStore,
                runtimes,
                sandboxes,
                new NetworkChoice(catalogs, config.network()),
                new ForkChoice(catalogs));
        return new Engine(config, catalogs, launcher, launcher, logs, listener, clock);
    }

    /// @param launcher starts functions' processes; [SandboxLauncher] in production
    Engine(
            EngineConfig config,
            Catalogs catalogs,
            ProcessLauncher launcher,
            Preparation preparation,
            LogSink logs,
            EngineListener listener,
            Clock clock) {
        this.listener = listener;
        this.admissions = new Admissions(config.limits().accountConcurrency(), catalogs);
        this.config = config;
        this.clock = clock;
        this.launcher = launcher;
        InstanceStarter starter = new InstanceStarter(
                config, launcher, logs, listener, clock, new Priming(preparation::primingEvent, clock));
        this.pools = new InstancePools(config, starter, clock, new InitChoice(catalogs));
        this.dispatcher = new Dispatcher(pools, clock);
        this.deployments = new Deployments(catalogs, preparation, pools, clock);
        Optional<Stems> stems = launcher.stems();
        StandbyMemory memory = new StandbyMemory(pools, config.standbys(), launcher.canPageOut(), stems, clock);
        BooleanSupplier room = () -> memory.hasRoom() && pools.hasRoom();
        Runnable moreStems =
                () -> stems.filter(_ -> room.getAsBoolean()).ifPresent(some -> some.upkeep(starter.turns()));
        this.keeper = new Keeper(pools, memory, config.standbys(), moreStems, clock);
        this.restoration = new Restoration(catalogs, preparation, pools, room);
    }

    /// Takes up what the last run left unfinished. Called once, before the first request.
    public void start() {
        deployments.resume();
        keeper.start();
        if (config.standbys().enabled()) {
            restoration.start();
        }
    }

    @Override
    public InvocationReport invoke(Invocation invocation) {
        InvocationReport report = admitted(invocation);
        listener.invoked(invocation, report);
        return report;
    }

    private InvocationReport admitted(Invocation invocation) {
        Admission admission = admissions.of(invocation.version().arn().scope().account());
        Optional<ThrottleReason> refused = admission.enter(invocation);
        if (refused.isPresent()) {
            return Dispatcher.notRun(new Outcome.Throttled(refused.get()));
        }
        try {
            return dispatcher.dispatch(invocation);
        } catch (RuntimeException e) {
            // The backstop: whatever went wrong in here is one caller's failed invocation, not a lost one.
            System.getLogger("dev.hearth.engine")
                    .log(System.Logger.Level.ERROR, "invocation failed requestId=" + invocation.requestId(), e);
            return Dispatcher.notRun(new Outcome.SandboxFailed(ErrorCode.SERVICE, "Internal failure: " + e));
        } finally {
            admission.leave(invocation);
        }
    }

    @Override
    public void deployed(FunctionVersion version) {
        deployments.prepare(version);
    }

    @Override
    public void removed(FunctionVersion version) {
        pools.remove(version);
        launcher.stems().ifPresent(stems -> stems.forget(version));
    }

    @Override
    public void provision(FunctionVersion version, int instances) {
        if (instances > 0) {
            pools.of(version).growth().provision(instances);
        } else {
            pools.find(version).ifPresent(pool -> pool.growth().provision(0));
        }
    }

    @Override
    public int initialisedInstances(FunctionVersion version) {
        return pools.find(version).map(InstancePool::initialised).orElse(0);
    }

    @Override
    public Origin arrange(FunctionVersion version, Origin origin) {
        Duration limit = config.limits().initTimeout();
        return new Arrangement(pools.of(version), clock, limit, wanted -> launcher.arrange(version, wanted, limit))
                .arrange(origin);
    }

    @Override
    public void reservationsChanged() {
        admissions.changed();
    }

    /// How many instances are in each state now.
    public Map<String, Integer> instancesByState() {
        Map<InstanceState, Integer> counts = new EnumMap<>(InstanceState.class);
        List<Instance> all = pools.instances();
        for (InstanceState state : InstanceState.values()) {
            counts.put(state, (int) all.stream().filter(i -> i.state() == state).count());
        }
        Map<String, Integer> byName = new java.util.TreeMap<>();
        counts.forEach((state, count) -> byName.put(state.name().toLowerCase(java.util.Locale.ROOT), count));
        return byName;
    }

    /// How many runtimes of each kind were started ahead and are no instances.
    public Map<String, Integer> startedAhead() {
        return launcher.startedAhead();
    }

    /// Lets running invocations end for a while, then ends every instance.
    @Override
    public void close() {
        restoration.close();
        keeper.close();
        deployments.close();
        pools.close();
        launcher.close();
    }
}
