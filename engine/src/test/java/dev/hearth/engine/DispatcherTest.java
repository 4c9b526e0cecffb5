package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Limits;
import dev.hearth.model.Origin;
import dev.hearth.model.Outcome;
import dev.hearth.model.Payload;
import dev.hearth.model.SystemClock;
import dev.hearth.model.ThrottleReason;
import dev.hearth.runtime.Answer;
import dev.hearth.runtime.Initialised;
import dev.hearth.sandbox.Network;
import dev.hearth.sandbox.SandboxExit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DispatcherTest {
    private final FakeLauncher launcher = new FakeLauncher();
    private final FakeLogs logs = new FakeLogs();
    private final CountingListener listener = new CountingListener();
    private final FunctionVersion version = Versions.latest("f");
    private InstancePools pools = pools(100, Duration.ofSeconds(60));
    private Dispatcher dispatcher = dispatcher();

    @AfterEach
    void closePools() {
        pools.close();
    }

    @Test
    void firstInvocationBootsAnInstanceAndIsAnswered() {
        InvocationReport report = dispatcher.dispatch(Versions.invocation(version, "1"));
        assertThat(report.outcome()).isEqualTo(new Outcome.Succeeded(payload("1")));
        assertThat(report.origin()).contains(Origin.BOOT);
        assertThat(report.initNanos()).isPositive();
    }

    @Test
    void secondInvocationReusesIdleInstance() {
        dispatcher.dispatch(Versions.invocation(version, "1"));
        InvocationReport report = dispatcher.dispatch(Versions.invocation(version, "2"));
        assertThat(report.origin()).contains(Origin.WARM);
        assertThat(report.initNanos()).isZero();
        assertThat(launcher.processes).hasSize(1);
    }

    @Test
    void instanceThatIsUsedLastIsUsedNext() throws Exception {
        runTogether(2);
        FakeProcess last = launcher.processes.stream()
                .filter(p -> p.invocations.get() > 0)
                .toList()
                .getLast();
        dispatcher.dispatch(Versions.invocation(version, "a"));
        List<Integer> before = invocationCounts();
        for (int i = 0; i < 5; i++) {
            dispatcher.dispatch(Versions.invocation(version, "again" + i));
        }
        List<Integer> after = invocationCounts();
        assertThat(IntStream.range(0, 2)
                        .filter(i -> after.get(i) > before.get(i))
                        .count())
                .isEqualTo(1);
        assertThat(last.closed).isFalse();
    }

    @Test
    void concurrentInvocationsEachHaveAnInstanceOfTheirOwn() throws Exception {
        List<InvocationReport> reports = runTogether(4);
        assertThat(reports).allMatch(r -> r.outcome() instanceof Outcome.Succeeded);
        assertThat(launcher.processes).hasSize(4).allMatch(p -> p.invocations.get() == 1);
    }

    @Test
    void instanceIsNotGivenAwayTwiceWhenItsFirstRequestIsToldLate() throws Exception {
        launcher.prepare = process -> process.tellsLate = true;
        runTogether(4);
        assertThat(launcher.processes).hasSize(4).allMatch(p -> p.invocations.get() == 1);
    }

    @Test
    void waitingCallerTakesTheBusyInstanceWhenThatIsReadyFirst() throws Exception {
        Semaphore boots = new Semaphore(1);
        launcher.gate = boots;
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        launcher.handler = invocation -> {
            running.countDown();
            Deadline.await(finish);
            return FakeProcess.echo(invocation);
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<InvocationReport> first =
                    threads.submit(() -> dispatcher.dispatch(Versions.invocation(version, "1")));
            Deadline.await(running);
            Future<InvocationReport> second =
                    threads.submit(() -> dispatcher.dispatch(Versions.invocation(version, "2")));
            finish.countDown();
            assertThat(first.get().outcome()).isInstanceOf(Outcome.Succeeded.class);
            assertThat(second.get().origin()).contains(Origin.WARM);
            boots.release(10);
        }
    }

    @Test
    void callerThatComesBackAtOnceDoesNotMakeThePoolGrow() {
        Duration minute = Duration.ofSeconds(60);
        pools = pools(config(100, new Waits(minute, minute), 1000)); // however late the function asks
        launcher.prepare = process -> process.lingers = true;
        dispatcher = dispatcher();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                dispatcher.dispatch(Versions.invocation(version, "call" + i));
                // The function asks for its next event a moment after its answer.
                threads.execute(() -> launcher.processes.getFirst().askForNext());
            }
        }
        assertThat(launcher.processes).hasSize(1);
    }

    @Test
    void timedOutInstanceIsEndedAndReplaced() {
        launcher.handler = invocation ->
                invocation.requestId().contains("slow") ? new Answer.TimedOut() : FakeProcess.echo(invocation);
        InvocationReport report = dispatcher.dispatch(Versions.invocation(version, "slow"));
        assertThat(text(((Outcome.TimedOut) report.outcome()).payload()))
                .isEqualTo("{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":"
                        + "\"RequestId: request-slow Error: Task timed out after 3.00 seconds\"}");
        assertThat(launcher.processes.getFirst().closed).isTrue();
        assertThat(dispatcher.dispatch(Versions.invocation(version, "next")).outcome())
                .isInstanceOf(Outcome.Succeeded.class);
        assertThat(logs.lines).anyMatch(line -> line.endsWith("request-slow Task timed out after 3.00 seconds"));
        assertThat(logs.lines)
                .anyMatch(
                        line -> line.startsWith("REPORT RequestId: request-slow") && line.endsWith("Status: timeout"));
    }

    @Test
    void crashIsReportedInAwsWordsAndTheNextCallSucceeds() {
        launcher.prepare = process -> process.exit = new SandboxExit.Exited(7);
        launcher.handler = invocation ->
                invocation.requestId().contains("crash") ? new Answer.Disconnected() : FakeProcess.echo(invocation);
        InvocationReport report = dispatcher.dispatch(Versions.invocation(version, "crash"));
        assertThat(text(((Outcome.FunctionFailed) report.outcome()).payload()))
                .isEqualTo("{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":"
                        + "\"RequestId: request-crash Error: Runtime exited with error: exit status 7\"}");
        assertThat(dispatcher.dispatch(Versions.invocation(version, "next")).outcome())
                .isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void outOfMemoryIsSaidAsSuch() {
        launcher.prepare = process -> process.exit = new SandboxExit.OutOfMemory();
        launcher.handler = invocation -> new Answer.Disconnected();
        InvocationReport report = dispatcher.dispatch(Versions.invocation(version, "1"));
        assertThat(((Outcome.FunctionFailed) report.outcome()).errorType()).isEqualTo("Runtime.OutOfMemory");
    }

    @Test
    void processThatEndsAfterItsAnswerIsNotUsedAgain() {
        launcher.prepare = process -> process.lingers = true;
        dispatcher.dispatch(Versions.invocation(version, "1"));
        launcher.processes.getFirst().die();
        assertThat(dispatcher.dispatch(Versions.invocation(version, "2")).outcome())
                .isInstanceOf(Outcome.Succeeded.class);
        assertThat(launcher.processes).hasSize(2);
        assertThat(pools.instances()).hasSize(1);
    }

    @Test
    void initErrorReachesEveryCallerThatWaited() throws Exception {
        launcher.prepare = process -> process.initialised =
                new Initialised.Failed("Runtime.ImportModuleError", payload("{\"errorType\":\"x\"}"));
        List<InvocationReport> reports = runTogether(3);
        assertThat(reports)
                .allMatch(r -> r.outcome()
                        .equals(new Outcome.FunctionFailed(
                                "Runtime.ImportModuleError", payload("{\"errorType\":\"x\"}"))));
        assertThat(pools.instances()).isEmpty();
    }

    @Test
    void sandboxThatTheHostCannotProvideIsThePlatformsFailure() {
        launcher.refusal = "no bwrap";
        assertThat(dispatcher.dispatch(Versions.invocation(version, "1")).outcome())
                .isInstanceOfSatisfying(
                        Outcome.SandboxFailed.class,
                        f -> assertThat(f.message()).isEqualTo("no bwrap"));
    }

    @Test
    void fullQueueRefusesAtOnce() throws Exception {
        pools = pools(100, Duration.ofSeconds(60), 2);
        dispatcher = dispatcher();
        Semaphore gate = new Semaphore(0);
        launcher.gate = gate;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = List.of(
                    threads.submit(() -> dispatcher.dispatch(Versions.invocation(version, "1"))),
                    threads.submit(() -> dispatcher.dispatch(Versions.invocation(version, "2"))));
            InstancePool pool = pools.of(version);
            Deadline.until(() -> pool.waitingCallers() == 2);
            assertThat(dispatcher.dispatch(Versions.invocation(version, "3")).outcome())
                    .isEqualTo(new Outcome.Throttled(ThrottleReason.QUEUE_FULL));
            gate.release(10);
            for (Future<InvocationReport> one : waiting) {
                assertThat(one.get().outcome()).isInstanceOf(Outcome.Succeeded.class);
            }
        }
    }

    @Test
    void callerDoesNotWaitLongerThanItsLimit() {
        pools = pools(100, Duration.ofMillis(20));
        dispatcher = dispatcher();
        Semaphore gate = new Semaphore(0);
        launcher.gate = gate;
        assertThat(dispatcher.dispatch(Versions.invocation(version, "1")).outcome())
                .isEqualTo(new Outcome.Throttled(ThrottleReason.QUEUE_FULL));
        gate.release(10);
    }

    @Test
    void fullMachineEndsTheLongestIdleInstanceOfAnotherFunction() {
        pools = pools(1, Duration.ofSeconds(60));
        dispatcher = dispatcher();
        dispatcher.dispatch(Versions.invocation(version, "1"));
        assertThat(dispatcher
                        .dispatch(Versions.invocation(Versions.latest("g"), "2"))
                        .outcome())
                .isInstanceOf(Outcome.Succeeded.class);
        assertThat(launcher.processes.getFirst().closed).isTrue();
    }

    @Test
    void updateOfTheCodeEndsOldInstances() {
        dispatcher.dispatch(Versions.invocation(version, "1"));
        FunctionVersion updated = Versions.latest("f", "bb".repeat(32), Instant.EPOCH.plusSeconds(1));
        dispatcher.dispatch(Versions.invocation(updated, "2"));
        assertThat(launcher.processes).hasSize(2);
        assertThat(launcher.processes.getFirst().closed).isTrue();
        // A caller that looked the function up before the update is served by the new code.
        dispatcher.dispatch(Versions.invocation(version, "3"));
        assertThat(launcher.processes).hasSize(2);
    }

    @Test
    void logTailEndsWithTheReportLine() {
        InvocationReport report = dispatcher.dispatch(Versions.invocation(version, "1", true, OptionalInt.empty()));
        assertThat(new String(report.logTail().orElseThrow(), StandardCharsets.UTF_8))
                .matches("(?s)START RequestId: request-1 Version: \\$LATEST\nEND RequestId: request-1\n"
                        + "REPORT RequestId: request-1\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms\t"
                        + "Memory Size: 128 MB\tMax Memory Used: 42 MB\tInit Duration: \\d+\\.\\d\\d ms\t\n");
    }

    @Test
    void nothingIsLeftAfterClose() throws Exception {
        runTogether(3);
        pools.close();
        assertThat(pools.instances()).isEmpty();
        assertThat(launcher.processes).hasSize(3).allMatch(p -> p.closed);
        assertThat(dispatcher.dispatch(Versions.invocation(version, "late")).outcome())
                .isInstanceOf(Outcome.SandboxFailed.class);
    }

    /// Runs invocations that are all in the function at the same time.
    private List<InvocationReport> runTogether(int count) throws Exception {
        CountDownLatch together = new CountDownLatch(count);
        launcher.handler = invocation -> {
            together.countDown();
            Deadline.await(together);
            return FakeProcess.echo(invocation);
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<InvocationReport>> calls = IntStream.range(0, count)
                    .<Callable<InvocationReport>>mapToObj(
                            i -> () -> dispatcher.dispatch(Versions.invocation(version, "together" + i)))
                    .toList();
            var reports = new java.util.ArrayList<InvocationReport>();
            for (Future<InvocationReport> call : threads.invokeAll(calls)) {
                reports.add(call.get());
            }
            launcher.handler = FakeProcess::echo;
            return reports;
        }
    }

    private List<Integer> invocationCounts() {
        return launcher.processes.stream().map(p -> p.invocations.get()).toList();
    }

    private Dispatcher dispatcher() {
        return new Dispatcher(pools, SystemClock.INSTANCE);
    }

    private InstancePools pools(int maxInstances, Duration queueWait) {
        return pools(maxInstances, queueWait, 1000);
    }

    private InstancePools pools(int maxInstances, Duration queueWait, int queueLimit) {
        return pools(config(maxInstances, new Waits(queueWait, Duration.ofMillis(200)), queueLimit));
    }

    private InstancePools pools(EngineConfig config) {
        var starter = new InstanceStarter(
                config,
                launcher,
                logs,
                listener,
                SystemClock.INSTANCE,
                new Priming(v -> Optional.empty(), SystemClock.INSTANCE));
        return new InstancePools(config, starter, SystemClock.INSTANCE, version -> true);
    }

    private static EngineConfig config(int maxInstances, Waits waits, int queueLimit) {
        return new EngineConfig(
                Limits.AWS.withQueuedInvocations(queueLimit),
                Network.NONE,
                maxInstances,
                8,
                waits.queue(),
                waits.patience(),
                Duration.ofSeconds(1),
                StandbyConfig.off(),
                0);
    }

    /// How long callers wait, at most and before another instance is started for them.
    private record Waits(Duration queue, Duration patience) {}

    private static Payload payload(String text) {
        return new Payload(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Payload payload) {
        return new String(payload.bytes(), StandardCharsets.UTF_8);
    }

    /// Counts what the engine tells.
    private static final class CountingListener implements EngineListener {
        @Override
        public void invoked(Invocation invocation, InvocationReport report) {}

        @Override
        public void started(String function, Origin origin, long nanos) {}

        @Override
        public void startFailed(String function, String errorType) {}
    }
}
