package dev.hearth.engine;

import static dev.hearth.engine.Deadline.await;
import static dev.hearth.engine.Deadline.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.SqliteCatalog;
import dev.hearth.model.ByteSize;
import dev.hearth.model.FunctionAlias;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Limits;
import dev.hearth.model.Origin;
import dev.hearth.model.Outcome;
import dev.hearth.model.Payload;
import dev.hearth.model.StartCause;
import dev.hearth.model.SystemClock;
import dev.hearth.model.UpdateStatus;
import dev.hearth.model.VersionState;
import dev.hearth.runtime.Answer;
import dev.hearth.runtime.Initialised;
import dev.hearth.sandbox.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Instances that stand by before anybody asks for them, over a real catalog, with functions that are pieces of the
/// test.
@Timeout(240)
class StandbyIT {
    @TempDir
    private Path directory;

    private final FakeLauncher launcher = new FakeLauncher();
    private final List<String> expected = new CopyOnWriteArrayList<>();
    private final List<String> trained = new CopyOnWriteArrayList<>();
    private volatile boolean trains;
    private volatile Optional<Payload> primingEvent = Optional.empty();
    private Catalog catalog;
    private Engine engine;

    @BeforeEach
    void start() {
        catalog = SqliteCatalog.open(directory);
        engine = engine(ByteSize.ofMib(10_000), 100);
    }

    @AfterEach
    void stop() {
        engine.close();
        catalog.close();
    }

    @Test
    void functionIsInitialisedAndFrozenBeforeItIsActive() {
        FunctionVersion active = deploy("f");
        assertThat(active.state()).isInstanceOf(VersionState.Active.class);
        assertThat(launcher.processes).hasSize(1).allMatch(p -> p.frozen);
    }

    @Test
    void instanceCanTellWhatItHasToTellBeforeItIsFrozen() {
        deploy("f");
        assertThat(launcher.processes).hasSize(1).allMatch(p -> p.settled);
    }

    @Test
    void firstCallThawsTheStandbyAndSeesNoStart() {
        InvocationReport report = call(deploy("f"));
        assertThat(report.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(report.origin()).contains(Origin.THAW);
        assertThat(report.cause()).contains(StartCause.FIRST);
        assertThat(report.initNanos()).isZero();
        assertThat(report.timeline().hiddenInit()).isPositive();
        assertThat(report.timeline().initDone()).isZero();
    }

    @Test
    void lazyFunctionIsNotStartedBeforeItsFirstCall() {
        FunctionVersion pending = store(Versions.latest("f").withState(VersionState.Pending.CREATING));
        catalog.write(tx -> {
            tx.putTags("f", Map.of("hearth:init", "lazy"));
            return tx;
        });
        engine.deployed(pending);
        FunctionVersion active = settled("f");
        assertThat(launcher.processes).isEmpty();
        InvocationReport report = call(active);
        assertThat(report.origin()).contains(Origin.BOOT);
        assertThat(report.timeline().initDone()).isPositive();
        deploy("eager");
        until(() -> trained.contains("eager"));
        assertThat(trained).doesNotContain("f");
    }

    @Test
    void initThatFailsLeavesTheFunctionActiveAndIsToldToTheFirstCaller() {
        launcher.prepare = process ->
                process.initialised = new Initialised.Failed("Runtime.ImportModuleError", Versions.payload("{}"));
        FunctionVersion active = deploy("f");
        assertThat(active.state()).isInstanceOf(VersionState.Active.class);
        assertThat(call(active).outcome())
                .isEqualTo(new Outcome.FunctionFailed("Runtime.ImportModuleError", Versions.payload("{}")));
    }

    @Test
    void spareIsMadeBehindTheFirstCallerForTheSecond() throws Exception {
        CountDownLatch finish = new CountDownLatch(1);
        launcher.handler = invocation -> {
            await(finish);
            return FakeProcess.echo(invocation);
        };
        FunctionVersion active = deploy("f");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<InvocationReport> first = threads.submit(() -> call(active));
            until(() -> frozen() == 2); // 1 + sqrt(1) of them
            Future<InvocationReport> second = threads.submit(() -> call(active));
            until(() -> launcher.processes.stream()
                            .mapToInt(p -> p.invocations.get())
                            .sum()
                    == 2);
            finish.countDown();
            assertThat(second.get().origin()).contains(Origin.THAW);
            assertThat(second.get().cause()).contains(StartCause.SCALE_UP);
            assertThat(first.get().outcome()).isInstanceOf(Outcome.Succeeded.class);
        }
    }

    @Test
    void standbyLeavesTheCpuToOthersUntilACallerWaitsForIt() throws Exception {
        CountDownLatch initialise = new CountDownLatch(1);
        launcher.prepare = process -> process.initialises = initialise;
        FunctionVersion pending = store(Versions.latest("f").withState(VersionState.Pending.CREATING));
        engine.deployed(pending);
        until(() -> launcher.processes.stream().anyMatch(process -> process.yields));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<InvocationReport> waiting = threads.submit(() -> call(pending));
            until(() -> launcher.processes.stream().noneMatch(process -> process.yields));
            initialise.countDown();
            assertThat(waiting.get().outcome()).isInstanceOf(Outcome.Succeeded.class);
        }
    }

    @Test
    void instanceIsFrozenAgainAfterAShortIdle() {
        FunctionVersion active = deploy("f");
        call(active);
        // The spare behind the first call, too: it is warm for a moment after its start.
        until(() -> launcher.processes.getFirst().frozen && allFrozen());
        InvocationReport again = call(active);
        assertThat(again.origin()).contains(Origin.THAW);
        assertThat(again.cause()).contains(StartCause.RECOLD);
    }

    @Test
    void hostThatCannotFreezeKeepsStandbysWarm() {
        launcher.prepare = process -> process.freezes = false;
        FunctionVersion active = deploy("f");
        assertThat(call(active).origin()).contains(Origin.WARM);
    }

    @Test
    void hooksRunOnceAroundTheFirstPark() {
        launcher.prepare = process -> process.hooks = true;
        FunctionVersion active = lazy("f");
        engine.provision(active, 1); // and no spares, which might be called in its place
        until(() -> frozen() == 1);
        FakeProcess process = launcher.processes.getFirst();
        call(active);
        until(() -> frozen() == 1);
        call(active);
        assertThat(process.events.stream().filter(e -> !e.equals("pageOut")).limit(6))
                .containsExactly("BEFORE_PARK", "freeze", "thaw", "AFTER_UNPARK", "freeze", "thaw");
    }

    @Test
    void standbyHandlesThePrimingEventBeforeItIsParkedAndCountsAsNew() {
        primingEvent = Optional.of(Versions.payload("prime"));
        launcher.prepare = process -> process.hooks = true;
        FunctionVersion active = deploy("f");
        FakeProcess process = launcher.processes.getFirst();
        until(() -> frozen() == 1);
        assertThat(process.invocations).hasValue(1);
        assertThat(process.events).startsWith("BEFORE_PARK", "freeze");
        InvocationReport report = call(active);
        assertThat(report.origin()).contains(Origin.THAW);
        assertThat(report.timeline().hiddenInit()).isPositive();
    }

    @Test
    void versionWithSnapStartRunsItsHooksAlsoWhereItsCallerWaitsForItsBoot() {
        launcher.prepare = process -> process.hooks = true;
        FunctionVersion latest = lazy("f");
        call(latest);
        FunctionVersion published = store(Versions.numbered(Versions.snapStarted(latest), "1"));
        InvocationReport first = call(published);
        assertThat(first.origin()).contains(Origin.BOOT);
        assertThat(launcher.processes)
                .anySatisfy(process -> assertThat(process.events).startsWith("BEFORE_PARK", "AFTER_UNPARK"));
        assertThat(launcher.processes.getFirst().events).doesNotContain("BEFORE_PARK");
    }

    @Test
    void standbyWhoseHooksFailIsNotKept() {
        launcher.prepare = process -> {
            process.hooks = true;
            process.hookAnswer = new Answer.TimedOut();
        };
        deploy("f");
        until(() -> launcher.processes.stream().allMatch(p -> p.closed));
        assertThat(launcher.processes).isNotEmpty();
    }

    @Test
    void hookThatFailsAfterUnparkingIsToldToItsCallerAndTheInstanceEnds() {
        launcher.prepare = process -> process.hooks = true;
        FunctionVersion active = deploy("f");
        FakeProcess failing = launcher.processes.getFirst();
        failing.hookAnswer = new Answer.Error("Runtime.AfterRestoreError", Versions.payload("no"));
        assertThat(call(active).outcome())
                .isEqualTo(new Outcome.FunctionFailed("Runtime.AfterRestoreError", Versions.payload("no")));
        assertThat(failing.closed).isTrue();
        assertThat(failing.invocations).hasValue(0);
        assertThat(call(active).outcome()).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void hooksRunOnAHostThatCannotFreezeToo() {
        launcher.prepare = process -> {
            process.hooks = true;
            process.freezes = false;
        };
        FunctionVersion active = deploy("f");
        call(active);
        assertThat(launcher.processes.getFirst().events).containsExactly("BEFORE_PARK", "freeze", "AFTER_UNPARK");
    }

    @Test
    void standbyThatIsKilledWhileParkedIsReplacedBeforeAnybodyCalls() {
        FunctionVersion active = deploy("f");
        launcher.processes.getFirst().die();
        until(() -> launcher.processes.size() == 2 && launcher.processes.get(1).frozen);
        assertThat(call(active).origin()).contains(Origin.THAW);
    }

    @Test
    void standbyThatIsKilledWithoutTellingIsNotGivenToACaller() {
        FunctionVersion active = deploy("f");
        FakeProcess killed = launcher.processes.getFirst();
        killed.killed = true;
        InvocationReport report = call(active);
        assertThat(report.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(killed.invocations).hasValue(0);
        until(() -> killed.closed);
    }

    @Test
    void trainedVersionGetsANewStandbyInPlaceOfTheOld() {
        trains = true;
        FunctionVersion active = deploy("f");
        until(() -> launcher.processes.size() == 2 && launcher.processes.getFirst().closed);
        assertThat(call(active).origin()).contains(Origin.THAW);
        assertThat(launcher.processes.get(1).invocations).hasValue(1);
    }

    @Test
    void crashIsToldWhenTheNextInstanceIsReady() {
        FunctionVersion active = lazy("f");
        launcher.handler = invocation ->
                invocation.requestId().contains("crash") ? new Answer.Disconnected() : FakeProcess.echo(invocation);
        // Again where that took longer than an error is held back.
        until(() -> {
            assertThat(engine.invoke(Versions.invocation(active, "crash")).outcome())
                    .isInstanceOf(Outcome.FunctionFailed.class);
            InvocationReport next = call(active);
            assertThat(next.outcome()).isInstanceOf(Outcome.Succeeded.class);
            return next.origin().equals(Optional.of(Origin.WARM));
        });
    }

    @Test
    void oldInstancesServeUntilTheNewOnesStandBy() throws Exception {
        FunctionVersion old = deploy("f");
        Semaphore gate = new Semaphore(0);
        launcher.gate = gate;
        FunctionVersion updating = store(Versions.latest("f", "bb".repeat(32), Instant.EPOCH.plusSeconds(1))
                .withUpdateStatus(UpdateStatus.InProgress.UPDATING));
        engine.deployed(updating);
        FakeProcess serving = launcher.processes.getFirst();
        assertThat(call(updating).origin()).contains(Origin.THAW);
        assertThat(serving.invocations).hasValue(1);
        gate.release(100);
        FunctionVersion updated = settled("f");
        assertThat(old.code()).isNotEqualTo(updated.code());
        InvocationReport report = call(updated);
        assertThat(report.origin()).contains(Origin.THAW);
        assertThat(serving.invocations).hasValue(1);
        until(() -> serving.closed);
    }

    @Test
    void standbysBeyondTheirMemoryEndThoseThatAreWorthLeast() {
        engine.close();
        engine = engine(ByteSize.ofMib(45), 100);
        launcher.prepare = process -> process.pages = false;
        FunctionVersion used = deploy("used");
        for (int i = 0; i < 10_000; i++) {
            call(used);
        }
        engine.provision(used, 1); // and no spares
        deploy("b");
        deploy("c");
        deploy("d");
        until(() -> launcher.processes.stream().filter(p -> p.closed).count() >= 1);
        FakeProcess busiest = launcher.processes.stream()
                .max(Comparator.comparingInt(p -> p.invocations.get()))
                .orElseThrow();
        assertThat(busiest.closed).isFalse();
    }

    @Test
    void memoryGoesToSwapOnlyAsFarAsStandbysHoldMoreThanTheyAlwaysMay() {
        engine.close();
        engine = engine(
                new StandbyConfig(true, Duration.ofHours(1), Duration.ZERO, ByteSize.ofMib(50), ByteSize.ofMib(10_000)),
                100);
        List.of("a", "b", "c").forEach(this::deploy);
        until(() -> pagedOut() > 0);
        assertThat(pagedOut()).as("20 MiB of 60").isEqualTo(1);
    }

    @Test
    void stemsGoBeforeStandbysDo() {
        engine.close();
        try (FakeSandboxes sandboxes = new FakeSandboxes();
                Stems stems = new Stems(sandboxes, 1, SystemClock.INSTANCE)) {
            launcher.stems = stems;
            engine = engine(ByteSize.ofMib(30), 100);
            stems.want(Versions.latest("other"), StemsTest.kind("python"));
            until(() -> stems.has(StemsTest.kind("python")));

            deploy("f");

            until(() -> sandboxes.open().isEmpty());
            assertThat(frozen()).isEqualTo(1);
        }
    }

    private long pagedOut() {
        return launcher.processes.stream()
                .filter(process -> process.events.contains("pageOut"))
                .count();
    }

    @Test
    void standbysAreBackAfterARestart() {
        deploy("f");
        engine.close();
        launcher.processes.clear();
        engine = engine(ByteSize.ofMib(10_000), 100);
        until(() -> frozen() == 1);
        assertThat(call(find("f").orElseThrow()).origin()).contains(Origin.THAW);
    }

    @Test
    void afterARestartLazyFunctionsFindReadyWhatAllOfTheirKindShare() {
        deploy("eager");
        lazy("lazy");
        expected.clear();
        engine.close();
        engine = engine(ByteSize.ofMib(10_000), 100);
        until(() -> expected.containsAll(List.of("eager", "lazy")));
    }

    @Test
    void afterARestartOnlyVersionsThatAnAliasReachesStandBy() {
        FunctionVersion latest = deploy("f");
        for (String number : List.of("1", "2", "3")) {
            store(Versions.numbered(latest, number));
        }
        catalog.write(tx -> {
            tx.put(new FunctionAlias(latest.arn(), "live", "2", "", Map.of("3", 0.01), "revision"));
            return tx;
        });
        engine.close();
        launcher.processes.clear();
        launcher.versions.clear();
        engine = engine(ByteSize.ofMib(10_000), 100);
        until(() -> frozen() == 3);
        assertThat(launcher.versions).containsExactlyInAnyOrder("$LATEST", "2", "3");
    }

    @Test
    void provisionedInstancesAreMadeAndMadeUpFor() {
        FunctionVersion active = lazy("f");
        engine.provision(active, 3);
        until(() -> engine.initialisedInstances(active) == 3);
        launcher.processes.getFirst().die();
        until(() -> engine.initialisedInstances(active) == 3 && launcher.processes.size() == 4);
    }

    @Test
    void nextInvocationHasTheOriginThatWasArranged() {
        engine.close();
        // What is warm stays so until it is called.
        engine = engine(
                new StandbyConfig(
                        true, Duration.ofHours(1), Duration.ofHours(1), ByteSize.ofBytes(0), ByteSize.ofMib(10_000)),
                100);
        FunctionVersion active = deploy("f");
        for (Origin origin : List.of(Origin.THAW, Origin.WARM, Origin.PAGEIN, Origin.BOOT, Origin.THAW)) {
            assertThat(engine.arrange(active, origin)).isEqualTo(origin);
            assertThat(call(active).origin()).contains(origin);
        }
    }

    @Test
    void thousandFirstCallsAtOnceAreAllAnsweredByNoMoreInstancesThanCallers() throws Exception {
        engine.close();
        engine = engine(ByteSize.ofMib(100_000), 2_000);
        FunctionVersion active = lazy("f");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<InvocationReport>> calls = IntStream.range(0, 1_000)
                    .mapToObj(i -> threads.submit(() -> engine.invoke(Versions.invocation(active, "" + i))))
                    .toList();
            for (Future<InvocationReport> call : calls) {
                assertThat(call.get().outcome()).isInstanceOf(Outcome.Succeeded.class);
            }
        }
        assertThat(launcher.processes).hasSizeLessThanOrEqualTo(1_000);
    }

    private int frozen() {
        return engine.instancesByState().getOrDefault("frozen", 0);
    }

    private boolean allFrozen() {
        Map<String, Integer> states = engine.instancesByState();
        return states.values().stream().mapToInt(count -> count).sum() == states.getOrDefault("frozen", 0);
    }

    private InvocationReport call(FunctionVersion version) {
        return engine.invoke(Versions.invocation(version, "1"));
    }

    private FunctionVersion lazy(String name) {
        return catalog.write(tx -> {
            FunctionVersion active = Versions.latest(name);
            tx.put(active);
            tx.putTags(name, Map.of("hearth:init", "lazy"));
            return active;
        });
    }

    private FunctionVersion deploy(String name) {
        engine.deployed(store(Versions.latest(name).withState(VersionState.Pending.CREATING)));
        return settled(name);
    }

    private FunctionVersion store(FunctionVersion version) {
        return catalog.write(tx -> {
            tx.put(version);
            return version;
        });
    }

    private FunctionVersion settled(String name) {
        until(() -> find(name)
                .filter(v ->
                        v.state() instanceof VersionState.Active && v.updateStatus() instanceof UpdateStatus.Successful)
                .isPresent());
        return find(name).orElseThrow();
    }

    private Optional<FunctionVersion> find(String name) {
        return catalog.read(tx -> tx.version(name, FunctionVersion.LATEST));
    }

    private Engine engine(ByteSize memory, int maxInstances) {
        return engine(
                new StandbyConfig(true, Duration.ofMillis(300), Duration.ofHours(1), ByteSize.ofBytes(0), memory),
                maxInstances);
    }

    private Engine engine(StandbyConfig standbys, int maxInstances) {
        var config = new EngineConfig(
                Limits.AWS,
                Network.NONE,
                maxInstances,
                8,
                Duration.ofMinutes(2),
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                standbys,
                0);
        var fresh = new Engine(
                config,
                new OneCatalog(catalog),
                launcher,
                new Prepared(),
                new FakeLogs(),
                new Silent(),
                SystemClock.INSTANCE);
        fresh.start();
        return fresh;
    }

    /// Has nothing to prepare.
    private final class Prepared implements Preparation {
        @Override
        public Optional<Problem> prepare(FunctionVersion version) {
            return Optional.empty();
        }

        @Override
        public void expect(FunctionVersion version) {
            expected.add(version.name());
        }

        @Override
        public boolean train(FunctionVersion version) {
            trained.add(version.name());
            return trains;
        }

        @Override
        public Optional<Payload> primingEvent(FunctionVersion version) {
            return primingEvent;
        }
    }
}
