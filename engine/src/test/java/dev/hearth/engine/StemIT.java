package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CodeStore;
import dev.hearth.catalog.SqliteCatalog;
import dev.hearth.model.Architecture;
import dev.hearth.model.ByteSize;
import dev.hearth.model.CodeRef;
import dev.hearth.model.FunctionSettings;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Limits;
import dev.hearth.model.LoggingConfig;
import dev.hearth.model.Origin;
import dev.hearth.model.Outcome;
import dev.hearth.model.Payload;
import dev.hearth.model.SystemClock;
import dev.hearth.runtime.Availability;
import dev.hearth.runtime.Bootstraps;
import dev.hearth.runtime.Runtimes;
import dev.hearth.runtime.RuntimesConfig;
import dev.hearth.sandbox.LinuxSandboxes;
import dev.hearth.sandbox.Network;
import dev.hearth.sandbox.SandboxConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Functions that runtimes become which were started before: nobody can tell them from booted ones.
@Timeout(180)
class StemIT {
    /// A test with the caches of starts, in which a first start may differ from the next.
    private static final String CACHED = "cached";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /// All that a function finds around itself; what differs from instance to instance is left out.
    private static final String LOOK_IN_PYTHON = """
            import json, os, sys, time
            def handler(event, context):
                variables = [v for v in os.environ.items() if v[0] != 'AWS_LAMBDA_LOG_STREAM_NAME']
                inherited = os.popen('env | sort | grep -v STREAM_NAME').read()
                mounts = sorted(line.split()[4:6] for line in open('/proc/self/mountinfo'))
                limits = open('/proc/self/limits').read()
                status = [l for l in open('/proc/self/status') if l.startswith(('Cap', 'Seccomp', 'NoNewPrivs', 'Uid'))]
                return [variables, inherited, sys.argv, sys.path, os.getcwd(), time.tzname, sorted(os.listdir('.')),
                        sorted(sys.modules), sorted(os.listdir('/proc/self/fd')), mounts, limits, status,
                        open('/proc/self/cmdline').read(), os.listdir('/tmp')]
            """;

    private static final String LOOK_IN_NODE = """
            const fs = require('fs');
            exports.handler = async () => {
                const variables = Object.entries(process.env).filter(([name]) => name !== 'AWS_LAMBDA_LOG_STREAM_NAME');
                return [variables, process.argv, process.execArgv, process.cwd(), module.paths, process.execPath,
                    new Date(0).getTimezoneOffset(), fs.readdirSync('.'), fs.readdirSync('/tmp'),
                    Object.keys(globalThis), process.listenerCount('beforeExit'), require.main.filename];
            };
            """;

    @TempDir
    private Path directory;

    private final FakeLogs logs = new FakeLogs();
    private Catalog catalog;
    private CodeStore codeStore;
    private LinuxSandboxes sandboxes;
    private Runtimes runtimes;
    private Engine engine;
    private int deployed;
    private boolean closed;

    @BeforeEach
    void start(TestInfo test) throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path bootstraps = directory.resolve("bootstraps");
        Bootstraps.install(bootstraps, directory.resolve("no jars"));
        catalog = SqliteCatalog.open(directory.resolve("catalog"));
        codeStore = CodeStore.open(directory.resolve("code"), Limits.AWS, SystemClock.INSTANCE);
        sandboxes = LinuxSandboxes.open(SandboxConfig.defaults(directory));
        RuntimesConfig plain = RuntimesConfig.of(bootstraps);
        runtimes = Runtimes.discover(
                test.getTags().contains(CACHED) ? plain.withCaches(directory.resolve("caches")) : plain);
        EngineConfig config = new EngineConfig(
                Limits.AWS,
                Network.NONE,
                100,
                2,
                Duration.ofSeconds(60),
                Duration.ofMillis(50),
                Duration.ofSeconds(5),
                StandbyConfig.off(),
                1);
        engine = Engine.of(
                config,
                new OneCatalog(catalog),
                codeStore,
                runtimes,
                sandboxes,
                logs,
                new Silent(),
                SystemClock.INSTANCE);
        engine.start();
        assumeTrue(sandboxes.canMountLate());
    }

    @AfterEach
    void stop() {
        close();
        runtimes.close();
        sandboxes.close();
        catalog.close();
    }

    private void close() {
        if (!closed) {
            closed = true;
            engine.close();
        }
    }

    private String installed(String language) {
        Optional<String> found = runtimes.all().stream()
                .filter(status -> status.runtime().startsWith(language))
                .filter(status -> status.availability() instanceof Availability.Installed)
                .map(status -> status.runtime())
                .reduce((_, newer) -> newer);
        assumeTrue(found.isPresent());
        return found.get();
    }

    private FunctionVersion python(String source, Map<String, String> environment) throws Exception {
        return deploy(installed("python"), "app.handler", "app.py", source, environment);
    }

    private FunctionVersion deploy(
            String runtime, String handler, String file, String source, Map<String, String> environment)
            throws Exception {
        String name = "f" + ++deployed;
        CodeRef code = codeStore.put(zip(file, source));
        var settings = new FunctionSettings(
                runtime,
                handler,
                "arn:aws:iam::000000000000:role/r",
                "",
                Duration.ofSeconds(30),
                ByteSize.ofMib(256),
                environment,
                List.of(),
                ByteSize.ofMib(512),
                Architecture.X86_64,
                "PassThrough",
                LoggingConfig.text(name),
                "None",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        FunctionVersion plain = Versions.latest(name, code.sha256(), Instant.EPOCH);
        FunctionVersion version = new FunctionVersion(
                plain.arn(),
                plain.version(),
                code,
                settings,
                plain.state(),
                plain.updateStatus(),
                plain.revisionId(),
                plain.lastModified());
        return catalog.write(tx -> {
            tx.put(version);
            return version;
        });
    }

    private static byte[] zip(String file, String source) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(file));
            zip.write(source.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /// Calls a function whose next instance comes from there.
    private InvocationReport call(FunctionVersion version, Origin origin) {
        until(() -> engine.arrange(version, origin) == origin);
        InvocationReport report = engine.invoke(Versions.invocation(version, "1"));
        assertThat(report.origin()).as(text(report)).contains(origin);
        return report;
    }

    private static String text(InvocationReport report) {
        return switch (report.outcome()) {
            case Outcome.Succeeded(Payload payload) -> new String(payload.bytes(), StandardCharsets.UTF_8);
            case Outcome.FunctionFailed(String type, Payload payload) ->
                type + " " + new String(payload.bytes(), StandardCharsets.UTF_8);
            case Outcome.TimedOut _, Outcome.SandboxFailed _, Outcome.Throttled _ ->
                report.outcome().toString();
        };
    }

    private static void until(BooleanSupplier reached) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private void assertSameFromBoth(FunctionVersion version) {
        String booted = text(call(version, Origin.BOOT));
        assertThat(text(call(version, Origin.STEM))).isEqualTo(booted);
    }

    @Test
    void pythonFunctionFindsWhatABootedOneFinds() throws Exception {
        FunctionVersion version = python(LOOK_IN_PYTHON, Map.of("OWN", "grün = \n\"x\"", "TZ", "Asia/Tokyo"));
        assertSameFromBoth(version);
        assertThat(text(call(version, Origin.STEM)))
                .contains("gr", "JST", "/var/task", "app.py")
                .doesNotContain("HEARTH_");
    }

    @Test
    void nodeFunctionFindsWhatABootedOneFinds() throws Exception {
        FunctionVersion version = deploy(
                installed("nodejs"),
                "index.handler",
                "index.js",
                LOOK_IN_NODE,
                Map.of("OWN", "grün", "TZ", "Asia/Tokyo"));
        assertSameFromBoth(version);
        assertThat(text(call(version, Origin.STEM))).contains("grün", "-540").doesNotContain("HEARTH_");
    }

    @Test
    @Tag(CACHED)
    void nodeFunctionLoadsTheCodeThatWasCompiledWhenItWasDeployed() throws Exception {
        String much = "exports.more = (a) => ({ sum: a + 1, text: 'some' });\n".repeat(1_500);
        String tell = """
                const how = new Error().stack;
                exports.handler = async () => how.includes('/var/runtime/compiled.js');
                """;
        FunctionVersion version = deploy(installed("nodejs"), "index.handler", "index.js", much + tell, Map.of());
        assertThat(text(call(version, Origin.STEM))).isEqualTo("false");
        engine.deployed(version);
        until(() -> hasCompiledCode(version));
        assertThat(text(call(version, Origin.STEM))).isEqualTo("true");
    }

    private boolean hasCompiledCode(FunctionVersion version) {
        try (Stream<Path> caches = Files.list(directory.resolve("caches/nodejs"))) {
            return caches.anyMatch(cache ->
                    cache.getFileName().toString().startsWith(version.code().sha256()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void functionsOfOneKindHaveTheirOwnCodeEnvironmentAndFiles() throws Exception {
        String source = """
                import os
                def handler(event, context):
                    found = os.listdir('/tmp')
                    open('/tmp/of-%s', 'w').close()
                    return ['%s', os.environ['WHO'], found, context.function_name]
                """;
        FunctionVersion a = python(source.formatted("a", "code a"), Map.of("WHO", "I am a"));
        FunctionVersion b = python(source.formatted("b", "code b"), Map.of("WHO", "I am b"));
        for (int i = 0; i < 2; i++) {
            assertThat(text(call(a, Origin.STEM))).isEqualTo("[\"code a\", \"I am a\", [], \"" + a.name() + "\"]");
            assertThat(text(call(b, Origin.STEM))).isEqualTo("[\"code b\", \"I am b\", [], \"" + b.name() + "\"]");
        }
    }

    @Test
    void callsAfterTheFirstFindTheSameInstance() throws Exception {
        FunctionVersion version =
                python("n = 0\ndef handler(event, context):\n    global n\n    n += 1\n    return n\n", Map.of());
        assertThat(text(call(version, Origin.STEM))).isEqualTo("1");
        until(() -> text(engine.invoke(Versions.invocation(version, "1"))).equals("2"));
    }

    @Test
    void whatCannotBeLoadedFailsInTheSameWords() throws Exception {
        String python = installed("python");
        assertSameFailure(python("raise ValueError('not today')\n", Map.of()));
        assertSameFailure(python("import nothing_like_that\n", Map.of()));
        assertSameFailure(deploy(python, "app.missing", "app.py", "x = 1\n", Map.of()));
        assertSameFailure(python("import os; os._exit(3)\n", Map.of()));
        String node = installed("nodejs");
        assertSameFailure(deploy(node, "index.handler", "index.js", "throw new TypeError('not today')\n", Map.of()));
        assertSameFailure(deploy(node, "index.handler", "index.js", "exports.other = 1\n", Map.of()));
        assertSameFailure(deploy(node, "index.handler", "index.js", "const = 1\n", Map.of()));
    }

    private void assertSameFailure(FunctionVersion version) {
        assertThat(engine.arrange(version, Origin.BOOT)).isEqualTo(Origin.BOOT);
        String booted = failure(version);
        until(() -> engine.arrange(version, Origin.STEM) == Origin.STEM);
        List<ProcessHandle> ready = stems();

        assertThat(failure(version)).isEqualTo(booted);

        until(() -> ready.stream().anyMatch(stem -> !stem.isAlive()));
    }

    /// What differs from call to call is left out.
    private String failure(FunctionVersion version) {
        InvocationReport report = engine.invoke(Versions.invocation(version, "1"));
        assertThat(report.outcome()).isInstanceOf(Outcome.FunctionFailed.class);
        return text(report).replaceAll("RequestId: \\S+", "").replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "");
    }

    @Test
    void reportAndLogsAreTheFunctionsOwn() throws Exception {
        FunctionVersion version = python(
                "import logging\nprint('loaded')\ndef handler(e, c): logging.warning('called')\n",
                Map.of("AWS_LAMBDA_LOG_LEVEL", "INFO"));
        call(version, Origin.STEM);
        until(() -> logs.lines.stream().anyMatch(line -> line.contains("REPORT") && line.contains("stem")));
        assertThat(logs.lines).anyMatch(line -> line.contains("loaded")).anyMatch(line -> line.contains("called"));
    }

    @Test
    void functionThatSetsWhatItsRuntimeReadsWhenItStartsIsBooted() throws Exception {
        FunctionVersion version =
                python("import sys\ndef handler(e, c): return sys.flags.optimize\n", Map.of("PYTHONOPTIMIZE", "2"));
        assertThat(engine.arrange(version, Origin.STEM)).isEqualTo(Origin.BOOT);
        assertThat(text(engine.invoke(Versions.invocation(version, "1")))).isEqualTo("2");
    }

    @Test
    void callIsAnsweredWhenTheStemWasKilledAndThereIsAnotherThen() throws Exception {
        FunctionVersion version = python("def handler(event, context): return 1\n", Map.of());
        until(() -> engine.arrange(version, Origin.STEM) == Origin.STEM);
        stems().forEach(ProcessHandle::destroyForcibly);
        assertThat(text(engine.invoke(Versions.invocation(version, "1")))).isEqualTo("1");
        call(version, Origin.STEM);
    }

    @Test
    void nothingIsLeftOfThem() throws Exception {
        FunctionVersion version = python("def handler(event, context): return 1\n", Map.of());
        call(version, Origin.STEM);
        until(() -> engine.arrange(version, Origin.STEM) == Origin.STEM);
        assertThat(stems()).isNotEmpty();

        close();

        assertThat(stems()).isEmpty();
        for (String base : Files.readAllLines(directory.resolve("sandbox/cgroups"))) {
            try (Stream<Path> groups = Files.list(Path.of(base))) {
                assertThat(groups.filter(Files::isDirectory)).isEmpty();
            }
        }
    }

    /// Processes of this JVM's that started as stems.
    private static List<ProcessHandle> stems() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> {
                    try {
                        return Files.readString(
                                        Path.of("/proc", Long.toString(process.pid()), "environ"),
                                        StandardCharsets.ISO_8859_1)
                                .contains("HEARTH_STEM=1");
                    } catch (IOException e) {
                        return false; // has ended
                    }
                })
                .toList();
    }
}
