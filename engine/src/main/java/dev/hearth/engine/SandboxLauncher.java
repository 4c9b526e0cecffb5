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
import dev.hearth.runtime.TelemetryHost;
import dev.hearth.sandbox.Network;
import dev.hearth.sandbox.Sandbox;
import dev.hearth.sandbox.SandboxException;
import dev.hearth.sandbox.SandboxExit;
import dev.hearth.sandbox.SandboxFactory;
import dev.hearth.sandbox.SandboxSockets;
import dev.hearth.sandbox.SandboxSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Starts functions in sandboxes, from the code store, with the runtimes of this machine.
final class SandboxLauncher implements ProcessLauncher, Preparation {
    /// Illegal instruction, trap, abort (a virtual machine ends itself so), bus error, floating point, segmentation.
    private static final Set<Integer> CRASHES = Set.of(4, 5, 6, 7, 8, 11);

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
    }

    @Override
    public Optional<Problem> prepare(FunctionVersion version) {
        try {
            return switch (runtimes.plan(request(version, ""))) {
                case Launch.RuntimeMissing(String remedy) -> Optional.of(new Problem("InvalidRuntime", remedy));
                // AWS accepts a package without an entrypoint and tells those who invoke it.
                case Launch.InvalidEntrypoint _, Launch.Planned _ -> Optional.empty();
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
    public Launched launch(FunctionVersion version, InstanceLog log, Runnable ready, Runnable ended) {
        try {
            return switch (runtimes.plan(request(version, log.stream()))) {
                case Launch.Planned(LaunchPlan plan) -> launch(version, plan, log, ready, ended);
                case Launch.RuntimeMissing(String remedy) -> hostFailed(version, remedy, null);
                case Launch.InvalidEntrypoint(String type, String message) ->
                    new Launched.Failed(new StartFailure.Unstartable(type, message));
            };
        } catch (IOException | SandboxException e) {
            return hostFailed(version, String.valueOf(e.getMessage()), e);
        }
    }

    private Launched launch(FunctionVersion version, LaunchPlan plan, InstanceLog log, Runnable ready, Runnable ended)
            throws SandboxException {
        boolean external = !plan.extensions().isEmpty();
        SandboxSpec spec = external ? spec(version, plan).withSideOutput() : spec(version, plan);
        ExtensionHost host = host(version, plan);
        // Extensions are processes of their own, which a fork would not take along.
        boolean forking = !external && forks.test(version);
        Optional<Zygotes.Forked> forked = forking ? zygotes.fork(version, spec, log) : Optional.empty();
        if (forked.isPresent()) {
            return adopt(forked.get(), host, log, ready, ended);
        }
        Sandbox sandbox = sandboxes.create(spec);
        @Nullable
        TelemetryHost telemetry = sandbox.sockets()
                .map(sockets -> telemetry(sockets, version, log))
                .orElse(null);
        return new Launched.Running(
                SandboxedProcess.start(sandbox, apiConfig, host, telemetry, farewells, log, ready, exit -> {
                    if (exit.filter(SandboxLauncher::isCrash).isPresent()) {
                        runtimes.crashed(plan);
                    }
                    ended.run();
                }));
    }

    private static TelemetryHost telemetry(SandboxSockets sockets, FunctionVersion version, InstanceLog log) {
        return new TelemetryHost(
                sockets,
                log.stream(),
                version.settings().memory().bytes(),
                version.settings().logging().format().equals("JSON"));
    }

    private Launched adopt(Zygotes.Forked forked, ExtensionHost host, InstanceLog log, Runnable ready, Runnable ended)
            throws SandboxException {
        try {
            SandboxedProcess process =
                    SandboxedProcess.start(forked.sandbox(), apiConfig, host, null, farewells, log, ready, exit -> {
                        if (exit.isPresent()) {
                            forked.ended().run(); // once: an extension's failure is told without
                        }
                        ended.run();
                    });
            return new Launched.Running(process, forked.ready() ? Origin.FORK : Origin.BOOT);
        } catch (SandboxException e) {
            forked.ended().run();
            throw e;
        }
    }

    private static ExtensionHost host(FunctionVersion version, LaunchPlan plan) {
        return new ExtensionHost(
                version.name(),
                version.version(),
                version.settings().handler(),
                version.arn().scope().account(),
                plan.extensions());
    }

    @Override
    public boolean forks(FunctionVersion version) {
        return zygotes.isReady(version);
    }

    @Override
    public void close() {
        farewells.close();
        zygotes.close();
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

    private SandboxSpec spec(FunctionVersion version, LaunchPlan plan) {
        var settings = version.settings();
        return new SandboxSpec(
                version.name(),
                plan.command(),
                plan.environment(),
                plan.mounts(),
                "/var/task",
                settings.memory(),
                settings.ephemeralStorage(),
                settings.cpus(),
                config.limits().processes(),
                config.limits().openFiles(),
                network.apply(version));
    }
}
