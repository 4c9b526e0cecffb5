package dev.hearth.engine;

import dev.hearth.model.ByteSize;
import dev.hearth.model.Clock;
import dev.hearth.model.FunctionVersion;
import dev.hearth.runtime.Stem;
import dev.hearth.sandbox.Sandbox;
import dev.hearth.sandbox.SandboxException;
import dev.hearth.sandbox.SandboxFactory;
import dev.hearth.sandbox.SandboxSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runtimes that have started and wait to become functions ([Stem]): a few for each kind that the functions of this
/// machine need, which is what their sandboxes are made from. Who takes one owns it; another is made when nothing
/// better is to be done. Safe for any thread.
final class Stems implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.hearth.engine");

    /// In all; the kinds that were wanted last have them.
    private static final int MOST = 8;

    /// As many versions' wishes are remembered.
    private static final int WISHES = 1_000;

    /// How long a runtime may take to start, which is no function's time.
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final SandboxFactory sandboxes;
    private final int perKind;
    private final Clock clock;

    // All of what follows is guarded by the monitor.
    private final List<Ready> ready = new ArrayList<>();

    /// By version, what was wanted last at the end.
    private final Map<String, SandboxSpec> wishes = new LinkedHashMap<>(16, 0.75f, true);

    private boolean making;
    private boolean closed;

    private record Ready(SandboxSpec kind, Stem stem, ByteSize held) {}

    /// @param perKind how many are kept of each kind; none on hosts where sandboxes must be complete from the beginning
    Stems(SandboxFactory sandboxes, int perKind, Clock clock) {
        this.sandboxes = sandboxes;
        this.perKind = sandboxes.canMountLate() ? Math.min(perKind, MOST) : 0;
        this.clock = clock;
    }

    /// Whether there are ever any.
    boolean isOn() {
        return perKind > 0;
    }

    /// Instances of a version can be made from this kind.
    synchronized void want(FunctionVersion version, SandboxSpec kind) {
        wishes.put(version.qualifiedArn(), kind);
        if (wishes.size() > WISHES) {
            wishes.remove(wishes.keySet().iterator().next());
        }
    }

    /// A version is gone.
    synchronized void forget(FunctionVersion version) {
        wishes.remove(version.qualifiedArn());
    }

    /// Whether one could be taken.
    synchronized boolean has(SandboxSpec kind) {
        return ready.stream().anyMatch(stem -> isUsable(stem, kind));
    }

    /// One that is nobody else's; empty where there is none.
    synchronized Optional<Stem> take(SandboxSpec kind) {
        Optional<Ready> taken =
                ready.stream().filter(stem -> isUsable(stem, kind)).findFirst();
        taken.ifPresent(ready::remove);
        return taken.map(Ready::stem);
    }

    private static boolean isUsable(Ready stem, SandboxSpec kind) {
        return stem.kind().equals(kind) && stem.stem().sandbox().isAlive();
    }

    /// Waits until there is one, for measuring.
    ///
    /// @return whether there is
    synchronized boolean await(SandboxSpec kind, Duration longest) {
        long deadline = clock.nanos() + longest.toNanos();
        try {
            while (isOn() && !has(kind) && clock.nanos() - deadline < 0) {
                TimeUnit.NANOSECONDS.timedWait(this, deadline - clock.nanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return has(kind);
    }

    /// Ends those that nobody wants any more or that were killed, and has one made that is missing, where nothing else
    /// boots: an instance that came from a stem may still load its code, and would take longer. Called from time
    /// to time, while there is memory for them.
    ///
    /// @param turns in which it is made
    void upkeep(BootTurns turns) {
        List<SandboxSpec> wanted;
        synchronized (this) {
            if (making || closed || !isOn() || !turns.isIdle()) {
                return;
            }
            wanted = wanted();
            release(stem ->
                    !wanted.contains(stem.kind()) || !stem.stem().sandbox().isAlive());
            Optional<SandboxSpec> missing =
                    wanted.stream().filter(kind -> count(kind) < perKind).findFirst();
            making = missing.isPresent();
            missing.ifPresent(kind -> Thread.ofVirtual().name("stem").start(() -> make(kind, turns)));
        }
    }

    /// What was wanted last comes first. Under the monitor.
    private List<SandboxSpec> wanted() {
        List<SandboxSpec> newestLast = new ArrayList<>(wishes.values());
        return newestLast.reversed().stream().distinct().limit(MOST / perKind).toList();
    }

    private long count(SandboxSpec kind) {
        return ready.stream().filter(stem -> stem.kind().equals(kind)).count();
    }

    private interface Condition {
        boolean holds(Ready stem);
    }

    /// Ends stems, in the background. Under the monitor.
    private void release(Condition condition) {
        for (Iterator<Ready> all = ready.iterator(); all.hasNext(); ) {
            Ready stem = all.next();
            if (condition.holds(stem)) {
                all.remove();
                Thread.ofVirtual().name("stem").start(stem.stem()::close);
            }
        }
    }

    private void make(SandboxSpec kind, BootTurns turns) {
        // After whatever else there is to boot.
        BootOrder order = BootOrder.forNobody();
        BootTurns.Turn turn = turns.await(order, clock.nanos());
        try {
            Sandbox sandbox = sandboxes.create(kind);
            sandbox.boost(true);
            sandbox.yieldCpus(true);
            Stem stem = Stem.start(sandbox, LIMIT);
            sandbox.yieldCpus(false);
            add(new Ready(kind, stem, sandbox.residentMemory()));
        } catch (SandboxException | RuntimeException e) {
            dismiss(kind, e);
        } finally {
            turns.end(turn);
            made();
        }
    }

    private synchronized void add(Ready stem) {
        ready.add(stem);
        if (closed) {
            release(_ -> true);
        }
    }

    /// Is tried again when it is wanted again.
    private synchronized void dismiss(SandboxSpec kind, Exception failure) {
        wishes.values().removeIf(kind::equals);
        if (!closed) {
            LOG.log(System.Logger.Level.WARNING, "a runtime was not started ahead command=" + kind.command(), failure);
        }
    }

    private synchronized void made() {
        making = false;
        notifyAll();
    }

    /// How many there are.
    synchronized int count() {
        return ready.size();
    }

    /// What they hold of the machine's memory.
    synchronized ByteSize held() {
        return ByteSize.ofBytes(
                ready.stream().mapToLong(stem -> stem.held().bytes()).sum());
    }

    /// Ends all, because their memory is needed; others are made when some are wanted again.
    synchronized void giveUp() {
        wishes.clear();
        release(_ -> true);
    }

    @Override
    public void close() {
        List<Ready> rest;
        synchronized (this) {
            closed = true;
            rest = List.copyOf(ready);
            ready.clear();
        }
        rest.forEach(stem -> stem.stem().close());
    }
}
