package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Hooks and times of functions in Python and Node.js, with every interpreter found on this machine.
@Timeout(300)
final class BootstrapHooksIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String PYTHONS = "dev.hearth.runtime.PythonBootstrapIT#pythons";
    private static final String NODES = "dev.hearth.runtime.NodeBootstrapIT#nodes";
    private static final Answer DONE = new Answer.Response(Payload.EMPTY);

    @TempDir
    static Path bootstraps;

    @TempDir
    Path task;

    @BeforeAll
    static void install() {
        Bootstraps.install(bootstraps, Path.of("none"));
    }

    private FunctionRun python(Installation python, String code) throws IOException {
        Files.writeString(task.resolve("app.py"), code);
        String bootstrap = bootstraps.resolve("python/bootstrap.py").toString();
        return started(new FunctionRun(List.of(python.program().toString(), bootstrap), task, "app.handler", Map.of()));
    }

    private FunctionRun node(Installation node, String code) throws IOException {
        Files.writeString(task.resolve("index.js"), code);
        String bootstrap = bootstraps.resolve("nodejs/index.js").toString();
        return started(new FunctionRun(List.of(node.program().toString(), bootstrap), task, "index.handler", Map.of()));
    }

    private static FunctionRun started(FunctionRun run) {
        assertThat(run.initialised()).isEqualTo(new Initialised.Ready());
        return run;
    }

    private static Answer hooks(FunctionRun run, Hook hook) {
        return run.served.api.runHooks(hook, LONG);
    }

    @ParameterizedTest
    @MethodSource(PYTHONS)
    void pythonRunsHooksInTheOrdersOfAws(Installation python) throws Exception {
        String code = """
                from snapshot_restore_py import register_before_snapshot, register_after_restore
                ran = []
                @register_before_snapshot
                def first():
                    ran.append('before 1')
                register_before_snapshot(ran.append, 'before 2')
                @register_after_restore
                def restored(name='after 1'):
                    ran.append(name)
                register_after_restore(restored, name='after 2')
                def handler(event, context):
                    return ran
                """;
        try (FunctionRun run = python(python, code)) {
            assertThat(run.served.api.hasHooks()).isTrue();
            assertThat(hooks(run, Hook.BEFORE_PARK)).isEqualTo(DONE);
            assertThat(hooks(run, Hook.AFTER_UNPARK)).isEqualTo(DONE);
            assertThat(run.result("1")).isEqualTo("[\"before 2\", \"before 1\", \"after 1\", \"after 2\"]");
        }
    }

    @ParameterizedTest
    @MethodSource(NODES)
    void nodeRunsHooksInTheSameOrdersAndAwaitsThem(Installation node) throws Exception {
        String code = """
                const ran = [];
                const later = (name) => new Promise((resolve) => setTimeout(resolve, 5)).then(() => ran.push(name));
                hearth.registerBeforeSnapshot(later, 'before 1');
                hearth.registerBeforeSnapshot(() => ran.push('before 2'));
                hearth.registerAfterRestore(later, 'after 1');
                hearth.registerAfterRestore(async () => ran.push('after 2'));
                exports.handler = async () => ran;
                """;
        try (FunctionRun run = node(node, code)) {
            assertThat(run.served.api.hasHooks()).isTrue();
            assertThat(hooks(run, Hook.BEFORE_PARK)).isEqualTo(DONE);
            assertThat(hooks(run, Hook.AFTER_UNPARK)).isEqualTo(DONE);
            assertThat(run.result("1")).isEqualTo("[\"before 2\",\"before 1\",\"after 1\",\"after 2\"]");
        }
    }

    @ParameterizedTest
    @MethodSource(NODES)
    void nodeRunsHooksOfStreamingHandlersToo(Installation node) throws Exception {
        String code = """
                let ran = '';
                hearth.registerBeforeSnapshot((name) => { ran += name; }, 'before');
                exports.handler = awslambda.streamifyResponse(async (event, stream) => stream.end(ran));
                """;
        try (FunctionRun run = node(node, code)) {
            assertThat(run.result("1")).isEmpty();
            assertThat(hooks(run, Hook.BEFORE_PARK)).isEqualTo(DONE);
            assertThat(run.result("1")).isEqualTo("before");
        }
    }

    @ParameterizedTest
    @MethodSource(NODES)
    void errorThatNodeThrowsBesideAHookIsReported(Installation node) throws Exception {
        String code = """
                hearth.registerBeforeSnapshot(() => new Promise(() => setImmediate(() => { throw new Error('aside'); })));
                exports.handler = async () => 1;
                """;
        try (FunctionRun run = node(node, code)) {
            assertThat(hooks(run, Hook.BEFORE_PARK))
                    .isInstanceOfSatisfying(
                            Answer.Error.class,
                            error -> assertThat(FunctionRun.text(error.payload()))
                                    .contains("aside"));
            assertThat(run.exitCode()).isEqualTo(129);
        }
    }

    @ParameterizedTest
    @MethodSource(PYTHONS)
    void pythonReportsTheErrorOfAHook(Installation python) throws Exception {
        String code = """
                from snapshot_restore_py import register_before_snapshot
                @register_before_snapshot
                def close():
                    raise ValueError('still in use')
                def handler(event, context):
                    return 1
                """;
        try (FunctionRun run = python(python, code)) {
            Answer answer = hooks(run, Hook.BEFORE_PARK);
            assertThat(answer).isInstanceOfSatisfying(Answer.Error.class, error -> {
                assertThat(error.errorType()).isEqualTo("Runtime.BeforeSnapshotError");
                assertThat(FunctionRun.text(error.payload()))
                        .contains("\"errorMessage\": \"still in use\"", "\"errorType\": \"ValueError\"", "app.py")
                        .doesNotContain("hearth_bootstrap");
            });
            assertThat(run.log()).contains("[ERROR] ValueError: still in use");
        }
    }

    @ParameterizedTest
    @MethodSource(NODES)
    void nodeReportsTheErrorOfAHook(Installation node) throws Exception {
        String code = """
                hearth.registerAfterRestore(async () => { throw new RangeError('no credentials'); });
                exports.handler = async () => 1;
                """;
        try (FunctionRun run = node(node, code)) {
            assertThat(hooks(run, Hook.BEFORE_PARK)).isEqualTo(DONE);
            assertThat(hooks(run, Hook.AFTER_UNPARK)).isInstanceOfSatisfying(Answer.Error.class, error -> {
                assertThat(error.errorType()).isEqualTo("Runtime.AfterRestoreError");
                assertThat(FunctionRun.text(error.payload()))
                        .startsWith("{\"errorType\":\"RangeError\",\"errorMessage\":\"no credentials\"");
            });
            assertThat(run.log()).contains("no credentials");
        }
    }

    @ParameterizedTest
    @MethodSource(PYTHONS)
    void hookOfPythonThatHangsTimesOut(Installation python) throws Exception {
        String code = """
                import threading
                from snapshot_restore_py import register_before_snapshot
                register_before_snapshot(threading.Event().wait)
                def handler(event, context):
                    return 1
                """;
        try (FunctionRun run = python(python, code)) {
            assertThat(run.served.api.runHooks(Hook.BEFORE_PARK, Duration.ofMillis(100)))
                    .isEqualTo(new Answer.TimedOut());
        }
    }

    @ParameterizedTest
    @MethodSource(NODES)
    void hookOfNodeThatNeverSettlesTimesOut(Installation node) throws Exception {
        String code = """
                hearth.registerBeforeSnapshot(() => new Promise(() => {}));
                exports.handler = async () => 1;
                """;
        try (FunctionRun run = node(node, code)) {
            assertThat(run.served.api.runHooks(Hook.BEFORE_PARK, Duration.ofMillis(100)))
                    .isEqualTo(new Answer.TimedOut());
        }
    }

    @ParameterizedTest
    @MethodSource(PYTHONS)
    void pythonWithoutHooksHasNone(Installation python) throws Exception {
        try (FunctionRun run = python(python, "import snapshot_restore_py\ndef handler(event, context): return 1\n")) {
            assertThat(run.served.api.hasHooks()).isFalse();
            assertThat(hooks(run, Hook.BEFORE_PARK)).isEqualTo(DONE);
            assertThat(run.result("1")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @MethodSource(PYTHONS)
    void hooksThatTheHandlerOfPythonRegistersAreKnownThen(Installation python) throws Exception {
        String code = """
                ran = []
                def handler(event, context):
                    from snapshot_restore_py import register_after_restore
                    if event == 'register':
                        register_after_restore(ran.append, 'late')
                    return ran
                """;
        try (FunctionRun run = python(python, code)) {
            run.served.awaitIdle();
            assertThat(run.served.api.hasHooks()).isFalse();
            run.result("\"register\"");
            run.served.awaitIdle();
            assertThat(hooks(run, Hook.AFTER_UNPARK)).isEqualTo(DONE);
            assertThat(run.result("1")).isEqualTo("[\"late\"]");
        }
    }

    @ParameterizedTest
    @MethodSource(PYTHONS)
    void pythonTellsWhenItRan(Installation python) throws Exception {
        String code = """
                import time
                def handler(event, context):
                    if event == 'fail':
                        raise ValueError(str(time.monotonic_ns()))
                    return time.monotonic_ns()
                """;
        long before = System.nanoTime();
        try (FunctionRun run = python(python, code)) {
            assertInitTimes(before, run);
            long within = Long.parseLong(run.result("1"));
            assertRanAt(within, run);
            String message = run.error("\"fail\"").replaceAll("(?s).*\"errorMessage\": \"(\\d+)\".*", "$1");
            assertRanAt(Long.parseLong(message), run);
        }
    }

    @ParameterizedTest
    @MethodSource(NODES)
    void nodeTellsWhenItRan(Installation node) throws Exception {
        String code = """
                exports.handler = async (event) => {
                  const now = String(process.hrtime.bigint());
                  if (event === 'fail') throw new Error(now);
                  return Number(now);
                };
                """;
        long before = System.nanoTime();
        try (FunctionRun run = node(node, code)) {
            assertInitTimes(before, run);
            assertRanAt(Long.parseLong(run.result("1")), run);
            String message = run.error("\"fail\"").replaceAll("(?s).*\"errorMessage\":\"(\\d+)\".*", "$1");
            assertRanAt(Long.parseLong(message), run);
        }
    }

    private static void assertInitTimes(long before, FunctionRun run) {
        InitTimes times = run.served.api.initTimes();
        assertThat(times.runtimeReady()).isBetween(before, times.codeLoaded());
        assertThat(times.codeLoaded()).isBetween(before, System.nanoTime());
    }

    /// The clock of the function is ours, and what it tells encloses its handler's code closely.
    private static void assertRanAt(long within, FunctionRun run) {
        HandlerTimes times = run.served.api.handlerTimes(FunctionRun.REQUEST_ID);
        assertThat(within).isBetween(times.start(), times.end());
    }
}
