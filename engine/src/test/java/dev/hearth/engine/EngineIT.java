package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.SqliteCatalog;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Origin;
import dev.hearth.model.Outcome;
import dev.hearth.model.SystemClock;
import dev.hearth.model.ThrottleReason;
import dev.hearth.model.UpdateStatus;
import dev.hearth.model.VersionState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The engine over a real catalog, with functions that are pieces of the test.
@Timeout(180)
class EngineIT {
    @TempDir
    private Path directory;

    private final FakeLauncher launcher = new FakeLauncher();
    private final Recorder recorder = new Recorder();
    private volatile Optional<Preparation.Problem> problem = Optional.empty();
    private Catalog catalog;
    private Engine engine;

    @BeforeEach
    void start() {
        catalog = SqliteCatalog.open(directory);
        engine = newEngine();
    }

    @AfterEach
    void stop() {
        engine.close();
        catalog.close();
    }

    @Test
    void createdFunctionBecomesActiveWithANewRevision() {
        FunctionVersion pending = store(Versions.latest("f").withState(VersionState.Pending.CREATING));
        engine.deployed(pending);
        FunctionVersion active = await("f", v -> v.state() instanceof VersionState.Active);
        assertThat(active.updateStatus()).isEqualTo(UpdateStatus.Successful.INSTANCE);
        assertThat(active.revisionId()).isNotEqualTo(pending.revisionId());
        assertThat(active.lastModified()).isEqualTo(pending.lastModified());
    }

    @Test
    void functionThatCannotRunHereFailsWithTheRemedy() {
        problem = Optional.of(new Preparation.Problem("InvalidRuntime", "install the package python3.14"));
        engine.deployed(store(Versions.latest("f").withState(VersionState.Pending.CREATING)));
        FunctionVersion failed = await("f", v -> v.state() instanceof VersionState.Failed);
        assertThat(failed.state())
                .isEqualTo(new VersionState.Failed("InvalidRuntime", "install the package python3.14"));
    }

    @Test
    void whatAnEarlierServerLeftUnfinishedIsTakenUp() {
        store(Versions.latest("f").withState(VersionState.Pending.CREATING));
        store(Versions.latest("g").withUpdateStatus(UpdateStatus.InProgress.UPDATING));
        engine.start();
        await("f", v -> v.state() instanceof VersionState.Active);
        await("g", v -> v.updateStatus() instanceof UpdateStatus.Successful);
    }

    @Test
    void versionThatIsActiveAlreadyKeepsItsRevision() {
        FunctionVersion active = store(Versions.latest("f"));
        FunctionVersion pending = store(Versions.latest("g").withState(VersionState.Pending.CREATING));
        engine.deployed(active);
        engine.deployed(pending);
        await("g", v -> v.state() instanceof VersionState.Active);
        engine.close();
        assertThat(now("f")).isEqualTo(active);
    }

    @Test
    void reservationThatChangesAppliesToTheNextInvocation() {
        FunctionVersion f = store(Versions.latest("f"));
        store(Versions.latest("other"));
        catalog.write(tx -> {
            tx.putReservedConcurrency("other", OptionalInt.of(1000));
            return tx;
        });
        engine.reservationsChanged();
        assertThat(engine.invoke(Versions.invocation(f, "1")).outcome())
                .isEqualTo(new Outcome.Throttled(ThrottleReason.ACCOUNT_CONCURRENCY));
    }

    @Test
    void listenerHearsOfEachInvocationOnce() throws Exception {
        FunctionVersion f = store(Versions.latest("f"));
        engine.invoke(Versions.invocation(f, "1"));
        engine.invoke(Versions.invocation(f, "2"));
        assertThat(recorder.outcomes).containsExactly("succeeded", "succeeded");
        // What boots an instance tells of it after it is ready, so perhaps after the invocations.
        assertThat(recorder.starts.poll(30, TimeUnit.SECONDS)).isEqualTo("f boot");
    }

    @Test
    void runningInvocationEndsBeforeTheEngineIsClosed() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        launcher.handler = invocation -> {
            running.countDown();
            Deadline.await(finish);
            return FakeProcess.echo(invocation);
        };
        FunctionVersion f = store(Versions.latest("f"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var call = threads.submit(() -> engine.invoke(Versions.invocation(f, "1")));
            Deadline.await(running);
            var closing = threads.submit(() -> engine.close());
            finish.countDown();
            assertThat(call.get().outcome()).isInstanceOf(Outcome.Succeeded.class);
            closing.get();
        }
        assertThat(launcher.processes).allMatch(p -> p.closed);
    }

    private FunctionVersion store(FunctionVersion version) {
        return catalog.write(tx -> {
            tx.put(version);
            return version;
        });
    }

    private FunctionVersion await(String name, Predicate<FunctionVersion> condition) {
        Deadline.until(() -> condition.test(now(name)));
        return now(name);
    }

    private FunctionVersion now(String name) {
        return catalog.read(tx -> tx.version(name, FunctionVersion.LATEST)).orElseThrow();
    }

    private Engine newEngine() {
        return new Engine(
                EngineConfig.defaults(),
                new OneCatalog(catalog),
                launcher,
                version -> problem,
                new FakeLogs(),
                recorder,
                SystemClock.INSTANCE);
    }

    /// Writes down what it hears.
    private static final class Recorder implements EngineListener {
        private final List<String> outcomes = new CopyOnWriteArrayList<>();
        private final BlockingQueue<String> starts = new LinkedBlockingQueue<>();

        @Override
        public void invoked(Invocation invocation, InvocationReport report) {
            outcomes.add(report.outcome().label());
        }

        @Override
        public void started(String function, Origin origin, long nanos) {
            starts.add(function + " " + origin.label());
        }

        @Override
        public void startFailed(String function, String errorType) {
            starts.add(function + " failed " + errorType);
        }
    }
}
