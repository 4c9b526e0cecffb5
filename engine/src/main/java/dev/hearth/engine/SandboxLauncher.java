package dev.hearth.engine;

import dev.hearth.catalog.CodeStore;
import dev.hearth.model.CodeRef;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.LayerRef;
import dev.hearth.model.Origin;
import dev.hearth.model.Payload;
import dev.hearth.model.SystemClock;
import dev.hearth.runtime.ExtensionHost;
import dev.hearth.runtime.Launch;
import dev.hearth.runtime.LaunchPlan;
import dev.hearth.runtime.LaunchRequest;
import dev.hearth.runtime.PrimingEvent;
import dev.hearth.runtime.RuntimeApiConfig;
import dev.hearth.runtime.Runtimes;
import dev.hearth.runtime.Stem;
import dev.hearth.runtime.StemPlan;
import dev.hearth.runtime.TelemetryHost;
import dev.hearth.sandbox.Mount;
import dev.hearth.sandbox.Network;
import dev.hearth.sandbox.Sandbox;
import dev.hearth.sandbox.SandboxException;
import dev.hearth.sandbox.SandboxExit;
import dev.hearth.sandbox.SandboxFactory;
import dev.hearth.sandbox.SandboxSockets;
import dev.hearth.sandbox.SandboxSpec;
import dev.hearth.scheduler.Figures;
import dev.hearth.scheduler.Ladder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Starts functions in sandboxes, from the code store, with the runtimes of this machine.
final class SandboxLauncher implements ProcessLauncher, Preparation {
    /// Illegal instruction, trap, abort (a virtual machine ends itself so), bus error, floating point, segmentation.
    private static final Set<Integer> CRASHES = Set.of(4, 5, 6, 7, 8, 11);

    private static final System.Logger LOG = System.getLogger("dev.hearth.engine");

    /// What sandboxes are called that belong to no function.
    private static final String STEM = "stem";

    private static final int MOST_ARRANGED = 100;

    private final EngineConfig config;
    private final CodeStore codeStore;
    private final Runtimes runtimes;
    private final SandboxFactory sandboxes;
    private final Function<FunctionVersion, Network> network;
    private final RuntimeApiConfig apiConfig;
    private final Farewells farewells = new Farewells();
    private final Trainer trainer;
    private final Trainings trainings = new Trainings(SystemClock.INSTANCE);
    private final Predicate<FunctionVersion> forks;
    private final Zygotes zygotes;
    private final Stems stems;

    /// By version, for measuring: where its next instance is to come from.
    private final Map<String, Origin> arranged = new ConcurrentHashMap<>();

    /// @param network what a function can reach
    /// @param forks   whether a function's instances are forked, where they can be
    SandboxLauncher(
            EngineConfig config,
            CodeStore codeStore,
            Runtimes runtimes,
            SandboxFactory sandboxes,
            Function<FunctionVersion, Network> network,
            Predicate<FunctionVersion> forks) {
        this.config = config;
        this.codeStore = codeStore;
        this.runtimes = runtimes;
        this.sandboxes = sandboxes;
        this.network = network;
        this.apiConfig = RuntimeApiConfig.DEFAULT.withStreamLimit(
                config.limits().responseStream().bytes());
        this.trainer = new Trainer(sandboxes, apiConfig);
        this.forks = forks;
        this.zygotes = new Zygotes(sandboxes, config.limits().initTimeout());
        this.stems = new Stems(sandboxes, config.stemsPerKind(), SystemClock.INSTANCE);
    }

    @Override
    public Optional<Problem> prepare(FunctionVersion version) {
        try {
            return switch (runtimes.plan(request(version, ""))) {
                case Launch.RuntimeMissing(String remedy) -> Optional.of(new Problem("InvalidRuntime", remedy));
                // AWS accepts a package without an entrypoint and tells those who invoke it.
                case Launch.InvalidEntrypoint _ -> Optional.empty();
                case Launch.Planned(LaunchPlan plan) -> {
                    kind(version, plan).ifPresent(kind -> stems.want(version, kind));
                    yield Optional.empty();
                }
            };
        } catch (IOException e) {
            return Optional.of(new Problem(
                    "InternalError",
                    "The code of " + version.qualifiedArn() + " cannot be read from the data directory: " + e));
        }
    }

    @Override
    public boolean train(FunctionVersion version) {
        return trainings.train(
                version,
                () -> runtimes.training(request(version, "training")),
                training -> trainer.run(version, training, spec(version, training.plan())));
    }

    @Override
    public Optional<Payload> primingEvent(FunctionVersion version) {
        try {
            return PrimingEvent.of(codeStore.tree(version.code()));
        } catch (IOException e) {
            return Optional.empty(); // a start says why the code cannot be read
        }
    }

    @Override
    public boolean canPageOut() {
        return sandboxes.canPageOut();
    }

    @Override
    public Launched launch(FunctionVersion version, Figures figures, InstanceLog log, Runnable ready, Runnable ended) {
        try {
            return switch (runtimes.plan(request(version, log.stream()))) {
                case Launch.Planned(LaunchPlan plan) ->
                    launch(new Start(version, plan, instanceSpec(version, plan), log, ready, ended), figures);
                case Launch.RuntimeMissing(String remedy) -> hostFailed(version, remedy, null);
                case Launch.InvalidEntrypoint(String type, String message) ->
                    new Launched.Failed(new StartFailure.Unstartable(type, message));
            };
        } catch (IOException | SandboxException e) {
            return hostFailed(version, String.valueOf(e.getMessage()), e);
        }
    }

    private static TelemetryHost telemetry(SandboxSockets sockets, FunctionVersion version, InstanceLog log) {
        return new TelemetryHost(
                sockets,
                log.stream(),
                version.settings().memory().bytes(),
                version.settings().logging().format().equals("JSON"));
    }

    /// One instance's start.
    private record Start(
            FunctionVersion version,
            LaunchPlan plan,
            SandboxSpec spec,
            InstanceLog log,
            Runnable ready,
            Runnable ended) {
        ExtensionHost host() {
            return new ExtensionHost(
                    version.name(),
                    version.version(),
                    version.settings().handler(),
                    version.arn().scope().account(),
                    plan.extensions());
        }
    }

    private Launched launch(Start start, Figures figures) throws SandboxException {
        FunctionVersion version = start.version();
        Optional<SandboxSpec> kind = kind(version, start.plan());
        kind.ifPresent(wanted -> stems.want(version, wanted));
        // Extensions are processes of their own, which a fork would not take along.
        boolean forking = start.plan().extensions().isEmpty() && forks.test(version);
        var possible =
                new Ladder.Ready(0, 0, 0, forking, kind.filter(stems::has).isPresent(), false);
        @Nullable Origin asked = arranged.remove(version.qualifiedArn());
        Origin origin = asked != null ? asked : Ladder.choose(possible, figures);
        Optional<Launched> made = switch (origin) {
            case FORK -> forking ? fork(start) : Optional.empty();
            case STEM -> kind.flatMap(stems::take).flatMap(stem -> grow(stem, start));
            case WARM, THAW, PAGEIN, RESTORE, BOOT -> Optional.empty();
        };
        return made.isPresent() ? made.get() : boot(start);
    }

    private Launched boot(Start start) throws SandboxException {
        Sandbox sandbox = sandboxes.create(start.spec());
        return new Launched.Running(start(start, sandbox, sandbox::start));
    }

    /// Empty where the stem has just ended: there is always a boot.
    private Optional<Launched> grow(Stem stem, Start start) {
        try {
            SandboxedProcess process = start(start, stem.sandbox(), () -> stem.become(start.plan()));
            return Optional.of(new Launched.Running(process, Origin.STEM));
        } catch (SandboxException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a runtime that was started ahead could not be used function="
                            + start.version().name(),
                    e);
            return Optional.empty();
        }
    }

    private SandboxedProcess start(Start start, Sandbox sandbox, SandboxedProcess.Go go) throws SandboxException {
        @Nullable
        TelemetryHost telemetry = sandbox.sockets()
                .map(sockets -> telemetry(sockets, start.version(), start.log()))
                .orElse(null);
        return SandboxedProcess.start(
                sandbox, go, apiConfig, start.host(), telemetry, farewells, start.log(), start.ready(), exit -> {
                    if (exit.filter(SandboxLauncher::isCrash).isPresent()) {
                        runtimes.crashed(start.plan());
                    }
                    start.ended().run();
                });
    }

    private Optional<Launched> fork(Start start) throws SandboxException {
        Optional<Zygotes.Forked> forked = zygotes.fork(start.version(), start.spec(), start.log());
        return forked.isEmpty() ? Optional.empty() : Optional.of(adopt(forked.get(), start));
    }

    private Launched adopt(Zygotes.Forked forked, Start start) throws SandboxException {
        Sandbox sandbox = forked.sandbox();
        try {
            SandboxedProcess process = SandboxedProcess.start(
                    sandbox,
                    sandbox::start,
                    apiConfig,
                    start.host(),
                    null,
                    farewells,
                    start.log(),
                    start.ready(),
                    exit -> {
                        if (exit.isPresent()) {
                            forked.ended().run(); // once: an extension's failure is told without
                        }
                        start.ended().run();
                    });
            return new Launched.Running(process, forked.ready() ? Origin.FORK : Origin.BOOT);
        } catch (SandboxException e) {
            forked.ended().run();
            throw e;
        }
    }

    @Override
    public Origin arrange(FunctionVersion version, Origin origin, Duration limit) {
        boolean possible = switch (origin) {
            case FORK -> zygotes.isReady(version);
            case STEM -> awaitStem(version, limit);
            case WARM, THAW, PAGEIN, RESTORE, BOOT -> false;
        };
        if (arranged.size() >= MOST_ARRANGED) {
            arranged.clear();
        }
        // A fork is tried all the same: then there is a zygote for the next.
        arranged.put(version.qualifiedArn(), possible || origin == Origin.FORK ? origin : Origin.BOOT);
        return possible ? origin : Origin.BOOT;
    }

    private boolean awaitStem(FunctionVersion version, Duration limit) {
        return wantStem(version).filter(kind -> stems.await(kind, limit)).isPresent();
    }

    private Optional<SandboxSpec> wantStem(FunctionVersion version) {
        try {
            Optional<SandboxSpec> kind =
                    stems.isOn() && runtimes.plan(request(version, "")) instanceof Launch.Planned(LaunchPlan plan)
                            ? kind(version, plan)
                            : Optional.empty();
            kind.ifPresent(wanted -> stems.want(version, wanted));
            return kind;
        } catch (IOException e) {
            return Optional.empty(); // a start says why the code cannot be read
        }
    }

    @Override
    public void expect(FunctionVersion version) {
        Optional<SandboxSpec> _ = wantStem(version);
    }

    @Override
    public Map<String, Integer> startedAhead() {
        return Map.of(STEM, stems.count(), "zygote", zygotes.count());
    }

    @Override
    public Optional<Stems> stems() {
        return Optional.of(stems);
    }

    @Override
    public void close() {
        farewells.close();
        zygotes.close();
        stems.close();
    }

    /// Whether a program failed in a way that it cannot have meant: what it was started with may be damaged.
    private static boolean isCrash(SandboxExit exit) {
        return exit instanceof SandboxExit.Signalled(int signal) && CRASHES.contains(signal);
    }

    private static Launched hostFailed(FunctionVersion version, String reason, @Nullable Exception cause) {
        return new Launched.Failed(
                new StartFailure.HostFailed("Cannot start " + version.qualifiedArn() + ": " + reason, cause));
    }

    private LaunchRequest request(FunctionVersion version, String logStream) throws IOException {
        List<CodeRef> layers =
                version.settings().layers().stream().map(LayerRef::code).toList();
        Optional<Path> layersTree = layers.isEmpty() ? Optional.empty() : Optional.of(codeStore.layers(layers));
        return new LaunchRequest(version, codeStore.tree(version.code()), layersTree, logStream);
    }

    /// From which kind of stem instances of a version can be made.
    private Optional<SandboxSpec> kind(FunctionVersion version, LaunchPlan plan) {
        return stems.isOn()
                ? StemPlan.of(version.settings(), plan)
                        .map(stem -> spec(version, STEM, stem.command(), stem.environment(), stem.mounts())
                                .withMountPoints(StemPlan.MOUNT_POINTS))
                : Optional.empty();
    }

    private SandboxSpec instanceSpec(FunctionVersion version, LaunchPlan plan) {
        SandboxSpec spec = spec(version, plan);
        return plan.extensions().isEmpty() ? spec : spec.withSideOutput();
    }

    private SandboxSpec spec(FunctionVersion version, LaunchPlan plan) {
        return spec(version, version.name(), plan.command(), plan.environment(), plan.mounts());
    }

    private SandboxSpec spec(
            FunctionVersion version,
            String name,
            List<String> command,
            Map<String, String> environment,
            List<Mount> mounts) {
        var settings = version.settings();
        return new SandboxSpec(
                name,
                command,
                environment,
                mounts,
                "/var/task",
                settings.memory(),
                settings.ephemeralStorage(),
                settings.cpus(),
                config.limits().processes(),
                config.limits().openFiles(),
                network.apply(version));
    }
}
