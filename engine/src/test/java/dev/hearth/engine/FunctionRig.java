package dev.hearth.engine;

import dev.hearth.catalog.CodeStore;
import dev.hearth.model.Architecture;
import dev.hearth.model.ByteSize;
import dev.hearth.model.CodeRef;
import dev.hearth.model.FunctionSettings;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import dev.hearth.model.LayerRef;
import dev.hearth.model.Limits;
import dev.hearth.model.LoggingConfig;
import dev.hearth.model.Scope;
import dev.hearth.model.SystemClock;
import dev.hearth.model.UpdateStatus;
import dev.hearth.model.VersionState;
import dev.hearth.runtime.Answer;
import dev.hearth.runtime.Bootstraps;
import dev.hearth.runtime.Credentials;
import dev.hearth.runtime.Initialised;
import dev.hearth.runtime.Runtimes;
import dev.hearth.runtime.RuntimesConfig;
import dev.hearth.runtime.java.Bootstrap;
import dev.hearth.sandbox.LinuxSandboxes;
import dev.hearth.sandbox.Network;
import dev.hearth.sandbox.Sandbox;
import dev.hearth.sandbox.SandboxConfig;
import dev.hearth.sandbox.SandboxException;
import dev.hearth.sandbox.SandboxFactory;
import dev.hearth.sandbox.SandboxSpec;
import dev.hearth.scheduler.Figures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Functions in real sandboxes, started as Hearth starts them: with the code store, the runtimes of this machine
/// and [SandboxLauncher], and nothing above.
final class FunctionRig implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path directory;
    private final CodeStore codeStore;
    private final LinuxSandboxes sandboxes;
    private final Runtimes runtimes;
    private final SandboxLauncher launcher;

    /// Changes what sandboxes are made from.
    volatile UnaryOperator<SandboxSpec> change = spec -> spec;

    final AtomicInteger sandboxesMade = new AtomicInteger();

    /// @param directory that everybody can enter
    FunctionRig(Path directory) throws Exception {
        this.directory = directory;
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        codeStore = CodeStore.open(directory.resolve("code"), Limits.AWS, SystemClock.INSTANCE);
        Bootstraps.install(directory.resolve("bootstraps"), bootstrapJars(directory.resolve("jars")));
        runtimes = Runtimes.discover(new RuntimesConfig(
                        directory.resolve("bootstraps"),
                        morePlaces(),
                        Optional.empty(),
                        "127.0.0.1:9001",
                        Credentials.PLACEHOLDER)
                .withCaches(directory.resolve("caches")));
        sandboxes = LinuxSandboxes.open(SandboxConfig.defaults(directory));
        launcher = new SandboxLauncher(
                EngineConfig.defaults(),
                codeStore,
                runtimes,
                new Counting(),
                version -> Network.NONE,
                version -> false);
    }

    /// Installations that the property `hearth.test.runtimes` names, separated by colons.
    private static List<Path> morePlaces() {
        return Stream.of(System.getProperty("hearth.test.runtimes", "").split(":"))
                .filter(place -> !place.isEmpty())
                .map(Path::of)
                .toList();
    }

    /// The jars that a distribution has; made from the classes where the build has not packed them yet.
    private static Path bootstrapJars(Path directory) throws Exception {
        Files.createDirectories(directory);
        for (Class<?> part : List.of(
                Bootstrap.class,
                com.amazonaws.services.lambda.runtime.RequestHandler.class,
                com.amazonaws.services.lambda.runtime.serialization.PojoSerializer.class)) {
            Path place = Path.of(
                    part.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path jar = directory.resolve(part.getSimpleName() + ".jar");
            if (Files.isDirectory(place)) {
                Files.write(jar, JavaPackages.zip(JavaPackages.read(place)));
            } else {
                Files.copy(place, jar);
            }
        }
        return directory;
    }

    Runtimes runtimes() {
        return runtimes;
    }

    /// A version of a function with 512 MB and a package.
    FunctionVersion version(String runtime, String handler, Map<String, String> environment, byte[] zip)
            throws IOException {
        var settings = new FunctionSettings(
                runtime,
                handler,
                "arn:aws:iam::000000000000:role/r",
                "",
                LIMIT,
                ByteSize.ofMib(512),
                environment,
                List.<LayerRef>of(),
                ByteSize.ofMib(512),
                Architecture.X86_64,
                "PassThrough",
                LoggingConfig.text("java"),
                "None",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        CodeRef code = codeStore.put(zip);
        return new FunctionVersion(
                Scope.DEFAULT.function("java"),
                FunctionVersion.LATEST,
                code,
                settings,
                VersionState.Active.INSTANCE,
                UpdateStatus.Successful.INSTANCE,
                "revision",
                Instant.EPOCH);
    }

    static FunctionVersion withMemory(FunctionVersion version, int mib) {
        FunctionSettings s = version.settings();
        return version.withSettings(new FunctionSettings(
                s.runtime(),
                s.handler(),
                s.role(),
                s.description(),
                s.timeout(),
                ByteSize.ofMib(mib),
                s.environment(),
                s.layers(),
                s.ephemeralStorage(),
                s.architecture(),
                s.tracingMode(),
                s.logging(),
                s.snapStartApplyOn(),
                s.deadLetterTargetArn(),
                s.kmsKeyArn(),
                s.vpc()));
    }

    boolean train(FunctionVersion version) {
        return launcher.train(version);
    }

    /// The archive that was made for a version.
    Path archive(FunctionVersion version) throws IOException {
        return cache("java", version).resolve("classes.jsa");
    }

    /// What was made for a version in a language's directory of caches.
    Path cache(String language, FunctionVersion version) throws IOException {
        String name = caches(language).stream()
                .filter(entry -> entry.startsWith(version.code().sha256()))
                .findFirst()
                .orElseThrow();
        return directory.resolve("caches").resolve(language).resolve(name);
    }

    /// What is in the directory of Java's caches.
    Set<String> caches() throws IOException {
        return caches("java");
    }

    Set<String> caches(String language) throws IOException {
        try (Stream<Path> entries = Files.list(directory.resolve("caches").resolve(language))) {
            return Set.copyOf(
                    entries.map(entry -> entry.getFileName().toString()).toList());
        }
    }

    /// Starts an instance and calls it once.
    Run run(FunctionVersion version, String event) {
        FakeLogs logs = new FakeLogs();
        InstanceLog log = new InstanceLog(
                logs.open("000000000000", "group", "stream"), "stream", SystemClock.INSTANCE, 256 * 1024);
        long began = System.nanoTime();
        var launched = launcher.launch(version, Figures.typical(), log, () -> {}, () -> {});
        if (!(launched instanceof ProcessLauncher.Launched.Running(FunctionProcess process, var _))) {
            throw new AssertionError("not started: " + launched);
        }
        try (process) {
            Initialised initialised = process.awaitInitialised(LIMIT);
            long ready = System.nanoTime();
            if (!(initialised instanceof Initialised.Ready)) {
                process.drainOutput();
                throw new AssertionError("not initialised: " + initialised + " " + logs.lines);
            }
            Invocation invocation = Versions.invocation(version, event);
            Answer answer = process.invoke(invocation, System.currentTimeMillis() + LIMIT.toMillis(), LIMIT.toNanos());
            long answered = System.nanoTime();
            process.drainOutput();
            return new Run(text(answer), ready - began, answered - began, logs.lines);
        }
    }

    private static String text(Answer answer) {
        return switch (answer) {
            case Answer.Response(var payload) -> new String(payload.bytes(), StandardCharsets.UTF_8);
            case Answer.Error(String type, var payload) ->
                throw new AssertionError(type + " " + new String(payload.bytes(), StandardCharsets.UTF_8));
            case Answer.TooLarge _, Answer.TimedOut _, Answer.Disconnected _ -> throw new AssertionError(answer);
        };
    }

    /// One instance's short life.
    ///
    /// @param readyNanos    from the decision to start it until it asked for an event
    /// @param answeredNanos from the same moment until its first answer was there
    record Run(String answer, long readyNanos, long answeredNanos, List<String> log) {}

    @Override
    public void close() {
        sandboxes.close();
    }

    private final class Counting implements SandboxFactory {
        @Override
        public Sandbox create(SandboxSpec spec) throws SandboxException {
            sandboxesMade.incrementAndGet();
            return sandboxes.create(change.apply(spec));
        }

        @Override
        public void close() {
            sandboxes.close();
        }
    }
}
