package dev.hearth.runtime;

import dev.hearth.model.FunctionVersion;
import dev.hearth.sandbox.Mount;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The runtimes of this machine, and how functions are started with them. Safe for use by any thread.
public final class Runtimes implements AutoCloseable {
    /// What the Java bootstrap is compiled for.
    private static final int OLDEST_JAVA = 11;

    /// Archives of Java functions' classes: 10 to 40 MB each.
    private static final long JAVA_CACHES_BYTES = 4L << 30;

    /// Compiled code of Node.js functions: up to some MB each.
    private static final long NODE_CACHES_BYTES = 1L << 30;

    private static final Logger LOG = System.getLogger("dev.hearth.runtime");

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final RuntimesConfig config;
    private final Versions versions;
    private final Installations pythons;
    private final Installations nodes;
    private final Installations javas;
    private final Optional<StartCaches> javaCaches;
    private final Optional<StartCaches> nodeCaches;
    private final JavaFunctions javaFunctions;
    private final NodeFunctions nodeFunctions;
    private final Optional<PackageBytecode> bytecode;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();

    private Runtimes(RuntimesConfig config, Versions versions, Finder finder) {
        this.config = config;
        this.versions = versions;
        pythons = new Installations(finder::pythons);
        nodes = new Installations(finder::nodes);
        javas = new Installations(finder::javas);
        javaCaches = open(config, "java", dir -> StartCaches.open(dir, JavaFunctions.ARCHIVE_FILE, JAVA_CACHES_BYTES));
        nodeCaches = open(config, "nodejs", dir -> StartCaches.open(dir, NodeFunctions.COMPILED, NODE_CACHES_BYTES));
        javaFunctions = new JavaFunctions(bootstrap(RuntimeId.Family.JAVA), javaCaches);
        nodeFunctions = new NodeFunctions(bootstrap(RuntimeId.Family.NODE), nodeCaches);
        bytecode = open(config, "python", directory -> PackageBytecode.open(directory, background));
    }

    private Path bootstrap(RuntimeId.Family family) {
        return config.bootstraps().resolve(Bootstraps.directory(family));
    }

    @FunctionalInterface
    private interface Opening<T> {
        T open(Path directory) throws IOException;
    }

    private static <T> Optional<T> open(RuntimesConfig config, String name, Opening<T> opening) {
        if (config.caches().isEmpty()) {
            return Optional.empty();
        }
        Path directory = config.caches().get().resolve(name);
        try {
            return Optional.of(opening.open(directory));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "functions start slowly: this directory cannot be used: " + directory, e);
            return Optional.empty();
        }
    }

    /// Looks for runtimes, in the background: returns at once, and who asks for one waits for it.
    public static Runtimes discover(RuntimesConfig config) {
        Runtimes runtimes = lazily(config);
        runtimes.background.execute(runtimes::prepare);
        return runtimes;
    }

    /// Looks for a runtime when it is first asked for.
    static Runtimes lazily(RuntimesConfig config) {
        Versions versions = new Versions(config.cacheFile());
        Path home = Path.of(System.getProperty("user.home", "/"));
        return new Runtimes(config, versions, new Finder(config.searchPaths(), versions, home, System.getenv()));
    }

    /// Finds all, remembers it for the next start, and has the Pythons prepare their bootstrap.
    void prepare() {
        all();
        versions.save();
        PythonBytecode.prepare(config.bootstraps(), pythons.all());
    }

    /// All of AWS's runtimes with their status, grouped by language, oldest first.
    public List<RuntimeStatus> all() {
        return RuntimeId.all().stream()
                .map(id -> new RuntimeStatus(id.name(), availability(id)))
                .toList();
    }

    /// Whether functions of a runtime can run here. One that was missing is looked for again.
    ///
    /// @param runtime AWS's identifier
    public Availability availability(String runtime) {
        return RuntimeId.of(runtime)
                .map(this::availability)
                .orElseGet(() -> new Availability.Missing("'" + runtime
                        + "' is not a runtime of AWS Lambda; take one of "
                        + String.join(
                                ", ",
                                RuntimeId.all().stream().map(RuntimeId::name).toList())));
    }

    private Availability availability(RuntimeId id) {
        return switch (id.family()) {
            case PROVIDED ->
                new Availability.Installed(
                        "",
                        Path.of("/var/task/bootstrap"),
                        "Runs the executable 'bootstrap' of the package or a layer.");
            case UNSUPPORTED ->
                new Availability.Missing("Hearth does not run " + id.name()
                        + "; package the function with its interpreter as 'bootstrap'"
                        + " for the runtime provided.al2023.");
            case PYTHON, NODE, JAVA ->
                installation(id)
                        .<Availability>map(found -> installed(id, found))
                        .orElseGet(() -> new Availability.Missing(remedy(id)));
        };
    }

    private Optional<Installation> installation(RuntimeId id) {
        return switch (id.family()) {
            // Compiled modules fit one minor version of Python and one major version of Node.js only.
            case PYTHON -> pythons.exactly(id.version());
            case NODE -> nodes.exactly(id.version());
            // A newer Java runs what was compiled for an older one.
            case JAVA -> javas.atLeast(Math.max(OLDEST_JAVA, Integer.parseInt(id.version())));
            case PROVIDED, UNSUPPORTED -> Optional.empty();
        };
    }

    private static Availability installed(RuntimeId id, Installation found) {
        String detail = id.family() == RuntimeId.Family.JAVA && found.major() != Integer.parseInt(id.version())
                ? "Functions run on Java " + found.major() + " (" + found.program() + "), which runs what was made for"
                        + " Java " + id.version() + " but for what Java has removed since."
                : "Found at " + found.program() + ".";
        return new Availability.Installed(found.version(), found.program(), detail);
    }

    private static String remedy(RuntimeId id) {
        String version = id.version();
        return switch (id.family()) {
            case PYTHON ->
                "Python " + version + " is not installed on this machine: install the package python" + version
                        + " where your distribution has it, or run 'pyenv install " + version
                        + "' or 'uv python install "
                        + version + "'.";
            case NODE ->
                "Node.js " + version + " is not installed on this machine: install the package nodejs " + version
                        + ".x of NodeSource, or run 'nvm install " + version + "' or 'npm install --global node@"
                        + version
                        + "'.";
            case JAVA ->
                "No Java " + version + " or newer is installed on this machine: install the package openjdk-" + version
                        + "-jre-headless, or any newer one.";
            case PROVIDED, UNSUPPORTED -> "";
        };
    }

    /// Removes what was kept to make functions start faster and nobody can need any more. Called at start, before
    /// functions are.
    ///
    /// @param codes SHA-256 of the packages that are still deployed
    public void retainCaches(Set<String> codes) {
        startCaches().forEach(caches -> {
            try {
                caches.recover(codes);
            } catch (IOException e) {
                LOG.log(Level.WARNING, "what makes functions start faster cannot be tidied up", e);
            }
        });
    }

    private Stream<StartCaches> startCaches() {
        return Stream.of(javaCaches, nodeCaches).flatMap(Optional::stream);
    }

    /// Tells that a process crashed that was started like this: if something was kept to make it start faster, it is
    /// not used any more.
    public void crashed(LaunchPlan plan) {
        plan.mounts().forEach(mount -> startCaches().forEach(caches -> discard(caches, mount.source())));
    }

    private static void discard(StartCaches caches, Path cache) {
        try {
            if (caches.discard(cache)) {
                LOG.log(
                        Level.WARNING,
                        "a function crashed that was started from an archive of its classes or its compiled code,"
                                + " which is not used any more archive=" + cache);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "what a function was started from cannot be removed archive=" + cache, e);
        }
    }

    /// How a function's process is started; looks at its package, and reads that of a custom runtime.
    public Launch plan(LaunchRequest request) throws IOException {
        FunctionVersion version = request.version();
        RuntimeId id = RuntimeId.of(version.settings().runtime()).orElse(null);
        if (id == null || availability(id) instanceof Availability.Missing) {
            return availability(version.settings().runtime()) instanceof Availability.Missing(String remedy)
                    ? new Launch.RuntimeMissing(remedy)
                    : plan(request); // installed at this very moment
        }
        Launch launch = id.family() == RuntimeId.Family.PROVIDED ? custom(request, id) : managed(request, id);
        return launch instanceof Launch.Planned(LaunchPlan plan)
                        && request.layersTree().isPresent()
                ? withExtensions(
                        plan, ExternalExtensions.names(request.layersTree().get()))
                : launch;
    }

    private static Launch withExtensions(LaunchPlan plan, List<String> names) {
        return names.isEmpty() ? new Launch.Planned(plan) : ExternalExtensions.addTo(plan, names);
    }

    private Launch custom(LaunchRequest request, RuntimeId id) {
        return switch (Entrypoint.find(request.codeTree(), request.layersTree())) {
            case Entrypoint.Invalid(String message) ->
                new Launch.InvalidEntrypoint("Runtime.InvalidEntrypoint", message);
            case Entrypoint.Found(String path) -> new Launch.Planned(planned(request, id, List.of(path), List.of()));
        };
    }

    private Launch managed(LaunchRequest request, RuntimeId id) throws IOException {
        Installation installation = installation(id).orElseThrow();
        ManagedStart start = start(request, id, installation);
        LaunchPlan plan = managed(request, id, installation, start);
        return new Launch.Planned(
                id.family() == RuntimeId.Family.PYTHON && bytecode.isPresent()
                        ? bytecode.get().addTo(plan, request, installation)
                        : plan);
    }

    private ManagedStart start(LaunchRequest request, RuntimeId id, Installation installation) throws IOException {
        return switch (id.family()) {
            case JAVA -> javaFunctions.start(request, installation);
            case NODE -> nodeFunctions.start(request, installation);
            case PYTHON ->
                new ManagedStart(
                        ManagedCommand.python(
                                installation.programInSandbox(),
                                request.version().settings()),
                        List.of());
            case PROVIDED, UNSUPPORTED ->
                throw new IllegalArgumentException(id.family() + " functions bring their own command");
        };
    }

    private LaunchPlan managed(LaunchRequest request, RuntimeId id, Installation installation, ManagedStart start) {
        List<Mount> mounts = new ArrayList<>(installation.mounts());
        mounts.add(new Mount(bootstrap(id.family()), Bootstraps.TARGET));
        mounts.addAll(start.mounts());
        return planned(request, id, start.command(), mounts);
    }

    /// Begins what makes later starts of a function faster.
    ///
    /// @return empty where there is nothing to do: it has been done, or nothing is known to help
    public Optional<Training> training(LaunchRequest request) throws IOException {
        Optional<RuntimeId> id = RuntimeId.of(request.version().settings().runtime());
        Optional<Installation> installation = id.flatMap(this::installation);
        return installation.isEmpty() ? Optional.empty() : training(request, id.get(), installation.get());
    }

    private Optional<Training> training(LaunchRequest request, RuntimeId id, Installation installation)
            throws IOException {
        ManagedStart.Planner planner = start -> managed(request, id, installation, start);
        return switch (id.family()) {
            case JAVA -> javaFunctions.training(request, installation, planner);
            case NODE -> nodeFunctions.training(request, installation, planner);
            case PYTHON, PROVIDED, UNSUPPORTED -> Optional.empty();
        };
    }

    private LaunchPlan planned(LaunchRequest request, RuntimeId id, List<String> command, List<Mount> runtimeMounts) {
        List<Mount> mounts = new ArrayList<>(runtimeMounts);
        mounts.add(new Mount(request.codeTree(), "/var/task"));
        request.layersTree().ifPresent(tree -> mounts.add(new Mount(tree, "/opt")));
        Map<String, String> environment = LambdaEnvironment.of(config, id, request);
        return new LaunchPlan(command, environment, mounts);
    }

    /// Ends what is being looked for or prepared in the background, and waits until nothing is written any more.
    @Override
    public void close() {
        background.shutdownNow();
        try {
            if (!background.awaitTermination(CLOSE_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "preparations for runtimes did not end in {0} s", CLOSE_LIMIT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
