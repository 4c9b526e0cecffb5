package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CodeStore;
import dev.hearth.catalog.SqliteCatalog;
import dev.hearth.model.CodeRef;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Limits;
import dev.hearth.model.Origin;
import dev.hearth.model.Outcome;
import dev.hearth.model.Payload;
import dev.hearth.model.SystemClock;
import dev.hearth.runtime.Runtimes;
import dev.hearth.runtime.RuntimesConfig;
import dev.hearth.sandbox.LinuxSandboxes;
import dev.hearth.sandbox.Network;
import dev.hearth.sandbox.SandboxConfig;
import dev.hearth.sandbox.SandboxFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The engine with real sandboxes: a custom runtime does what each test asks for.
@Timeout(300)
class SandboxedFunctionIT {
    @TempDir
    private static Path directory;

    private static final FakeLogs LOGS = new FakeLogs();
    private static Catalog catalog;
    private static SandboxFactory sandboxes;
    private static Engine engine;
    private static FunctionVersion function;
    private static FunctionVersion impatient;

    @BeforeAll
    static void start() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        catalog = SqliteCatalog.open(directory.resolve("catalog"));
        CodeStore codeStore = CodeStore.open(directory.resolve("code"), Limits.AWS, SystemClock.INSTANCE);
        CodeRef code = codeStore.put(zip());
        sandboxes = LinuxSandboxes.open(SandboxConfig.defaults(directory));
        EngineConfig defaults = EngineConfig.defaults();
        EngineConfig config = new EngineConfig(
                defaults.limits(),
                Network.NONE,
                100,
                2,
                Duration.ofMinutes(2),
                defaults.patience(),
                Duration.ofSeconds(5),
                defaults.standbys(),
                0);
        engine = Engine.of(
                config,
                new OneCatalog(catalog),
                codeStore,
                Runtimes.discover(RuntimesConfig.of(directory.resolve("bootstraps"))),
                sandboxes,
                LOGS,
                new Silent(),
                SystemClock.INSTANCE);
        function = deployed("sandboxed", code, Duration.ofSeconds(60));
        impatient = deployed("impatient", code, Duration.ofSeconds(10));
    }

    private static FunctionVersion deployed(String name, CodeRef code, Duration timeout) {
        FunctionVersion version = Versions.latest(name, code.sha256(), Instant.EPOCH, timeout);
        return catalog.write(tx -> {
            tx.put(version);
            return version;
        });
    }

    @AfterAll
    static void stop() {
        engine.close();
        sandboxes.close();
        catalog.close();
    }

    @Test
    void functionInASandboxAnswersAndTheNextCallStartsNothing() {
        assertThat(text(engine.invoke(invocation("{\"n\":1}")))).contains("\"event\": {\"n\": 1}", "\"sandboxed\"");
        // It asks for its next event when it has answered; a standby will do as well.
        Deadline.until(() -> ready() > 0);
        InvocationReport second = engine.invoke(invocation("{\"n\":2}"));
        assertThat(second.origin()).isPresent().get().isNotEqualTo(Origin.BOOT);
        assertThat(second.initNanos()).isZero();
    }

    @Test
    void whatTheFunctionPrintsStandsBetweenStartAndEnd() {
        String tail = logTail();
        // Whoever wants the log waits for its end no longer than 2 s.
        for (int i = 0; i < 10 && !tail.contains("\nREPORT "); i++) {
            tail = logTail();
        }
        assertThat(tail)
                .matches(
                        "(?s)START RequestId: \\S+ Version: \\$LATEST\ndoing echo\nEND RequestId: \\S+\nREPORT .*Max Memory Used: \\d+ MB.*\n");
    }

    @Test
    void exitIsReportedWithItsStatusAndTheNextCallSucceeds() {
        assertThat(text(engine.invoke(invocation("{\"do\":\"exit\",\"code\":3}"))))
                .contains("Runtime.ExitError", "Runtime exited with error: exit status 3");
        assertThat(engine.invoke(invocation("{}")).outcome()).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void memoryHogIsNamedOutOfMemory() {
        assertThat(engine.invoke(invocation("{\"do\":\"hog\"}")).outcome())
                .isInstanceOfSatisfying(
                        Outcome.FunctionFailed.class,
                        f -> assertThat(f.errorType()).isEqualTo("Runtime.OutOfMemory"));
    }

    @Test
    void sleeperIsTimedOutAndItsSiblingsAreNotDisturbed() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<InvocationReport> sleeper = threads.submit(
                    () -> engine.invoke(Versions.invocation(impatient, "{\"do\":\"sleep\",\"seconds\":60}")));
            for (int i = 0; i < 20; i++) {
                assertThat(engine.invoke(Versions.invocation(impatient, "{}")).outcome())
                        .isInstanceOf(Outcome.Succeeded.class);
            }
            assertThat(sleeper.get().outcome()).isInstanceOf(Outcome.TimedOut.class);
        }
    }

    @Test
    void errorDocumentOfTheFunctionReachesTheCallerUnchanged() {
        assertThat(text(engine.invoke(invocation("{\"do\":\"error\"}"))))
                .isEqualTo("{\"errorMessage\": \"no\", \"errorType\": \"Refused\"}");
    }

    @Test
    void responseAtTheLimitPassesAndOnePastItIsRefused() {
        long limit = Limits.AWS.responsePayloadBytes();
        assertThat(engine.invoke(invocation("{\"do\":\"large\",\"bytes\":" + limit + "}"))
                        .outcome())
                .isInstanceOf(Outcome.Succeeded.class);
        assertThat(text(engine.invoke(invocation("{\"do\":\"large\",\"bytes\":" + (limit + 1) + "}"))))
                .contains("Response payload size exceeded maximum allowed payload size (6291556 bytes).");
    }

    @Test
    void manyCallersAtOnceAreAllAnswered() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(() -> engine.invoke(invocation("{\"n\":" + i + "}"))))
                    .toList();
            for (int i = 0; i < calls.size(); i++) {
                assertThat(text(calls.get(i).get())).contains("\"event\": {\"n\": " + i + "}");
            }
        }
    }

    private static String logTail() {
        InvocationReport report =
                engine.invoke(Versions.invocation(function, "{\"do\":\"echo\"}", true, OptionalInt.empty()));
        return new String(report.logTail().orElseThrow(), StandardCharsets.UTF_8);
    }

    private static int ready() {
        Map<String, Integer> states = engine.instancesByState();
        return states.getOrDefault("idle", 0) + states.getOrDefault("frozen", 0);
    }

    private static Invocation invocation(String payload) {
        return Versions.invocation(function, payload);
    }

    private static String text(InvocationReport report) {
        Payload payload = switch (report.outcome()) {
            case Outcome.Succeeded(Payload p) -> p;
            case Outcome.FunctionFailed(String _, Payload p) -> p;
            case Outcome.TimedOut(Duration _, Payload p) -> p;
            case Outcome.SandboxFailed(var _, String message) -> new Payload(message.getBytes(StandardCharsets.UTF_8));
            case Outcome.Throttled t -> new Payload(t.toString().getBytes(StandardCharsets.UTF_8));
        };
        return new String(payload.bytes(), StandardCharsets.UTF_8);
    }

    private static byte[] zip() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes);
                InputStream bootstrap = SandboxedFunctionIT.class.getResourceAsStream("bootstrap.py")) {
            zip.putNextEntry(new ZipEntry("bootstrap"));
            bootstrap.transferTo(zip);
        }
        return bytes.toByteArray();
    }
}
