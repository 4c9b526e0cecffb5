package dev.hearth.engine;

import dev.hearth.model.ByteSize;
import dev.hearth.model.Invocation;
import dev.hearth.runtime.Answer;
import dev.hearth.runtime.ExtensionFailure;
import dev.hearth.runtime.ExtensionHost;
import dev.hearth.runtime.HandlerTimes;
import dev.hearth.runtime.Hook;
import dev.hearth.runtime.InitTimes;
import dev.hearth.runtime.Initialised;
import dev.hearth.runtime.RuntimeApi;
import dev.hearth.runtime.RuntimeApiConfig;
import dev.hearth.runtime.RuntimeEvent;
import dev.hearth.runtime.ShutdownReason;
import dev.hearth.runtime.Telemetry;
import dev.hearth.runtime.TelemetryHost;
import dev.hearth.sandbox.Sandbox;
import dev.hearth.sandbox.SandboxException;
import dev.hearth.sandbox.SandboxExit;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A function in a sandbox: its Runtime API, its output, its end. One virtual thread waits for the end.
final class SandboxedProcess implements FunctionProcess {
    private static final int SIGNAL_BASE = 128;
    /// How long an instance is kept from being frozen because a subscriber is slow.
    private static final Duration SETTLE_LIMIT = Duration.ofMillis(250);

    /// The same before its extensions are told of its end, after which nothing more is delivered for certain.
    private static final Duration LAST_LIMIT = Duration.ofSeconds(1);

    private final Sandbox sandbox;
    private final RuntimeApi api;
    private final InstanceLog log;
    private final OutputDrain output;
    private final Consumer<Optional<SandboxExit>> ended;
    private final Farewells farewells;
    private final CountDownLatch exited = new CountDownLatch(1);

    private SandboxedProcess(
            Sandbox sandbox,
            RuntimeApi api,
            InstanceLog log,
            OutputDrain output,
            Consumer<Optional<SandboxExit>> ended,
            Farewells farewells) {
        this.sandbox = sandbox;
        this.api = api;
        this.log = log;
        this.output = output;
        this.ended = ended;
        this.farewells = farewells;
    }

    /// What its Runtime API has to tell.
    private record Told(
            Sandbox sandbox, InstanceLog log, OutputDrain output, Runnable idle, Consumer<Optional<SandboxExit>> ended)
            implements RuntimeApi.Events {
        @Override
        public void ready() {
            idle.run();
        }

        @Override
        public void failed(ExtensionFailure failure) {
            Thread.startVirtualThread(() -> ended.accept(Optional.empty()));
        }

        @Override
        public void exited(int status) {
            Thread.startVirtualThread(() -> ended.accept(Optional.of(exit(sandbox, status))));
        }

        @Override
        public void runtimeDone() {
            output.drain();
        }

        @Override
        public void telemetry(Telemetry telemetry) {
            log.tellTo(telemetry);
        }
    }

    /// How a sandbox's command is let go on.
    @FunctionalInterface
    interface Go {
        void go() throws SandboxException;
    }

    /// Serves the sandbox's Runtime API, then lets its command run. On failure the sandbox is closed.
    ///
    /// @param go    lets it run
    /// @param telemetry null where there is no Telemetry API
    /// @param ended is told that nothing more comes of it, and how its runtime ended where it has; twice where its
    ///              extensions end later
    static SandboxedProcess start(
            Sandbox sandbox,
            Go go,
            RuntimeApiConfig config,
            ExtensionHost extensions,
            @Nullable TelemetryHost telemetry,
            Farewells farewells,
            InstanceLog log,
            Runnable ready,
            Consumer<Optional<SandboxExit>> ended)
            throws SandboxException {
        OutputDrain output = new OutputDrain(sandbox, log);
        RuntimeApi api = RuntimeApi.serve(
                sandbox.runtimeApi(), config, extensions, telemetry, new Told(sandbox, log, output, ready, ended));
        SandboxedProcess process = new SandboxedProcess(sandbox, api, log, output, ended, farewells);
        output.start();
        try {
            sandbox.boost(true);
            go.go();
        } catch (SandboxException e) {
            process.close();
            throw e;
        }
        Thread.ofVirtual().name("end of " + sandbox.id()).start(process::watchEnd);
        return process;
    }

    @Override
    public Initialised awaitInitialised(Duration limit) {
        Initialised initialised = api.awaitInitialised(limit);
        sandbox.boost(false);
        api.extensionLines().forEach(log::event);
        api.initEnded(initialised);
        if (api.telemetry() == null) {
            log.tellTo(null);
        }
        return initialised;
    }

    @Override
    public void yieldCpus(boolean yields) {
        sandbox.yieldCpus(yields);
    }

    @Override
    public HandlerTimes handlerTimes(String requestId) {
        return api.handlerTimes(requestId);
    }

    @Override
    public InitTimes initTimes() {
        return api.initTimes();
    }

    @Override
    public boolean hasHooks() {
        return api.hasHooks();
    }

    @Override
    public Answer runHooks(Hook hook, Duration limit) {
        return api.runHooks(hook, limit);
    }

    @Override
    public boolean isAlive() {
        return sandbox.isAlive();
    }

    @Override
    public boolean hasExtensions() {
        return api.hasExtensions();
    }

    @Override
    public @Nullable Telemetry telemetry() {
        return api.telemetry();
    }

    @Override
    public void settle() {
        Telemetry told = api.telemetry();
        if (told != null) {
            settle(told, SETTLE_LIMIT);
        }
    }

    private void settle(Telemetry told, Duration limit) {
        drainOutput();
        told.flush(limit);
    }

    @Override
    public boolean freeze() {
        Telemetry told = api.telemetry();
        if (told == null) {
            return sandbox.freeze();
        }
        told.stand(true);
        boolean frozen = sandbox.freeze();
        if (!frozen) {
            told.stand(false);
        }
        return frozen;
    }

    @Override
    public void thaw() {
        sandbox.thaw();
        Telemetry told = api.telemetry();
        if (told != null) {
            told.stand(false);
        }
    }

    @Override
    public ByteSize pageOut() {
        return sandbox.pageOut();
    }

    @Override
    public void pageIn() {
        sandbox.pageIn();
    }

    @Override
    public ByteSize residentMemory() {
        return sandbox.residentMemory();
    }

    @Override
    public Answer invoke(Invocation invocation, long deadlineEpochMillis, long timeoutNanos) {
        RuntimeEvent event = new RuntimeEvent(
                invocation.requestId(),
                deadlineEpochMillis,
                invocation.invokedArn(),
                invocation.traceId(),
                invocation.clientContext(),
                invocation.cognitoIdentity(),
                invocation.payload(),
                invocation.sink());
        return api.invoke(event, timeoutNanos);
    }

    @Override
    public void drainOutput() {
        output.drain();
    }

    @Override
    public Optional<SandboxExit> awaitExit(Duration limit) {
        OptionalInt status = api.runtimeStatus();
        if (status.isPresent()) {
            return sandbox.exit().or(() -> Optional.of(exit(sandbox, status.getAsInt())));
        }
        try {
            boolean _ = exited.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return sandbox.exit();
    }

    /// As the sandbox would tell it, which ends later.
    private static SandboxExit exit(Sandbox sandbox, int shellStatus) {
        if (sandbox.oomKills() > 0) {
            return new SandboxExit.OutOfMemory();
        }
        return shellStatus > SIGNAL_BASE
                ? new SandboxExit.Signalled(shellStatus - SIGNAL_BASE)
                : new SandboxExit.Exited(shellStatus);
    }

    @Override
    public ByteSize peakMemory() {
        return sandbox.peakMemory();
    }

    @Override
    public Optional<ExtensionFailure> extensionFailure() {
        return api.extensionFailure();
    }

    @Override
    public void end(ShutdownReason reason) {
        Duration budget = api.shutdownBudget();
        if (budget.isZero() || sandbox.exit().isPresent()) {
            close();
        } else {
            farewells.begin(() -> endWithin(budget, reason), this::close);
        }
    }

    private void endWithin(Duration budget, ShutdownReason reason) {
        try {
            thaw();
            Telemetry told = api.telemetry();
            if (told != null) {
                told.beginEnd();
                settle(told, LAST_LIMIT);
            }
            if (api.runtimeStatus().isEmpty()) {
                sandbox.terminate();
            }
            api.shutDown(reason, System.currentTimeMillis() + budget.toMillis());
            boolean _ = exited.await(budget.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            drainOutput();
            log.flush();
            close();
        }
    }

    @Override
    public void close() {
        api.close();
        sandbox.close();
    }

    private void watchEnd() {
        try {
            SandboxExit _ = sandbox.awaitExit();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exited.countDown();
        api.close();
        ended.accept(sandbox.exit());
    }
}
