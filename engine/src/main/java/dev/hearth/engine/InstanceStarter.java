package dev.hearth.engine;

import dev.hearth.model.Clock;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes instances and boots them, a few at a time, each on a virtual thread of its own: boots compete with
/// running functions for the CPU.
final class InstanceStarter {
    private static final System.Logger LOG = System.getLogger("dev.hearth.engine");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

    /// Longer than a dispatch takes, and nothing beside a boot.
    private static final long BEHIND_CALLER_NANOS = 5_000_000;

    private final EngineConfig config;
    private final ProcessLauncher launcher;
    private final LogSink logs;
    private final EngineListener listener;
    private final Clock clock;
    private final Priming priming;
    private final BootTurns turns;

    InstanceStarter(
            EngineConfig config,
            ProcessLauncher launcher,
            LogSink logs,
            EngineListener listener,
            Clock clock,
            Priming priming) {
        this.config = config;
        this.launcher = launcher;
        this.logs = logs;
        this.listener = listener;
        this.clock = clock;
        this.priming = priming;
        this.turns = new BootTurns(config.bootsAtOnce());
    }

    /// An instance that does not run yet, with a log stream of its own.
    Instance create(FunctionVersion version, Instance.Listener pool) {
        byte[] random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        String stream = DAY.format(clock.now()) + "/[" + version.version() + "]" + id;
        LogSink.Log log = logs.open(
                version.arn().scope().account(), version.settings().logging().logGroup(), stream);
        int lineLimit = (int) config.limits().logLine().bytes();
        return new Instance(id, version, new InstanceLog(log, stream, clock, lineLimit), clock, pool);
    }

    /// What a standby of a version handles before it is parked.
    Optional<Invocation> primingEvent(FunctionVersion version) {
        return priming.invocation(version);
    }

    /// Boots it in the background.
    ///
    /// @param ended told once: null when it is idle or was not needed, else why it failed
    void boot(Instance instance, BootOrder order, Consumer<@Nullable StartFailure> ended) {
        Thread.ofVirtual().name("boot " + instance.id()).start(() -> {
            StartFailure failure = null;
            try {
                failure = bootInTurn(instance, order);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "instance could not be started instance=" + instance.id(), e);
                failure = new StartFailure.HostFailed("the instance could not be started: " + e, e);
                instance.close();
            } finally {
                ended.accept(failure);
            }
        });
    }

    /// In which instances boot, and whatever else competes with them.
    BootTurns turns() {
        return turns;
    }

    /// Somebody waits by now for what was ordered to boot in the background.
    void hurry() {
        turns.hurry();
    }

    private @Nullable StartFailure bootInTurn(Instance instance, BootOrder order) {
        if (order.background()) {
            // The caller behind whom it is made comes first.
            LockSupport.parkNanos(BEHIND_CALLER_NANOS);
        }
        long began = clock.nanos();
        BootTurns.Turn turn = turns.await(order, began);
        try {
            if (!order.needed().getAsBoolean()) {
                instance.close();
                return null;
            }
            Optional<StartFailure> failure =
                    instance.boot(launcher, order.figures(), config.limits().initTimeout(), !turn.awaited());
            failure.ifPresentOrElse(
                    f -> failed(instance, f),
                    () -> listener.started(instance.function(), instance.madeFrom(), clock.nanos() - began));
            return failure.orElse(null);
        } finally {
            turns.end(turn);
        }
    }

    private void failed(Instance instance, StartFailure failure) {
        listener.startFailed(instance.function(), failure.label());
        if (failure instanceof StartFailure.HostFailed(String message, Throwable cause)) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "sandbox failed function=" + instance.function() + " instance=" + instance.id() + " reason="
                            + message,
                    cause);
        }
    }
}
