package dev.hearth.engine;

import static java.util.Objects.requireNonNull;

import dev.hearth.model.Clock;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import dev.hearth.model.Origin;
import dev.hearth.model.StartCause;
import dev.hearth.model.ThrottleReason;
import dev.hearth.scheduler.GreedyDual;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The instances of one version. A caller takes the instance that was used last, else a standby; when there is none it
/// waits for a busy one while a new one starts, and takes whichever is ready first. Behind each caller [Growth] sees to
/// it that the next one finds an instance.
///
/// The way of a caller that finds an instance takes no lock as long as there are spares.
final class InstancePool implements Instance.Listener {
    /// Replaced by equal ones as the version's record changes, so that the next comparison is by reference.
    private volatile FunctionVersion version;
    private final EngineConfig config;
    private final InstanceRoom room;
    private final InstanceStarter starter;
    private final Clock clock;
    private final Growth growth;

    private final Crew crew = Crew.empty();

    /// @param standsBy whether instances are kept that nobody has asked for
    InstancePool(
            FunctionVersion version,
            EngineConfig config,
            InstanceRoom room,
            InstanceStarter starter,
            Clock clock,
            boolean standsBy) {
        this.version = version;
        this.config = config;
        this.room = room;
        this.starter = starter;
        this.clock = clock;
        this.growth = new Growth(this, crew, config, room, starter, clock, standsBy);
    }

    /// The version its instances run.
    FunctionVersion version() {
        return version;
    }

    /// Whether its instances may serve an invocation of `other`: it has the same code and settings, or is older
    /// than what they run, because its caller looked it up before an update.
    boolean adopt(FunctionVersion other) {
        if (runs(other)) {
            version = other;
            return true;
        }
        return version.lastModified().isAfter(other.lastModified());
    }

    /// Whether `other` has the code and the settings of its instances.
    boolean runs(FunctionVersion other) {
        FunctionVersion mine = version;
        return mine.code().equals(other.code()) && mine.settings().equals(other.settings());
    }

    /// What starts its instances.
    Growth growth() {
        return growth;
    }

    /// Gets an instance, claimed for the caller, who must end with [#release].
    Lease acquire() {
        ReadyInstances.Claimed claimed = crew.ready().claim();
        Lease lease = claimed != null ? granted(claimed.instance(), claimed.origin()) : await();
        if (lease instanceof Lease.Granted) {
            int busy = crew.running().incrementAndGet();
            growth.keepSpares(busy);
        }
        return lease;
    }

    /// The caller has its answer.
    void release() {
        crew.running().decrementAndGet();
    }

    private Lease.Granted granted(Instance instance, Origin origin) {
        StartCause cause = crew.habits().served(origin, crew.running().get());
        if (origin == Origin.THAW || origin == Origin.PAGEIN) {
            crew.habits().idled(clock.nanos() - instance.idleSinceNanos());
        }
        instance.stamp(room.clock());
        return new Lease.Granted(instance, origin, origin == Origin.WARM ? null : cause);
    }

    private Lease await() {
        Waiter me = new Waiter(clock.nanos());
        crew.lock().lock();
        try {
            if (growth.isClosed()) {
                return new Lease.Closed();
            }
            if (crew.line().length() >= config.limits().queuedInvocations()) {
                return new Lease.Refused(ThrottleReason.QUEUE_FULL);
            }
            crew.line().join(me);
            match();
            growth.startMore(true);
        } finally {
            crew.lock().unlock();
        }
        growth.hurry();
        Lease lease = me.await(config.patience().toNanos());
        if (lease != null) {
            return lease;
        }
        growth.demand();
        lease = me.await(config.queueWait().toNanos());
        return lease != null ? lease : giveUp(me);
    }

    private Lease giveUp(Waiter me) {
        crew.lock().lock();
        try {
            Lease lease = me.lease();
            if (lease != null) {
                return lease;
            }
            crew.line().leave(me);
            return new Lease.Refused(ThrottleReason.QUEUE_FULL);
        } finally {
            crew.lock().unlock();
        }
    }

    /// Gives ready instances to those who wait, first come first served. Under the lock.
    private void match() {
        while (crew.line().length() > 0) {
            ReadyInstances.Claimed claimed = crew.ready().claim();
            if (claimed == null) {
                return;
            }
            Waiter first = requireNonNull(crew.line().next());
            first.serve(granted(claimed.instance(), originFor(first, claimed)));
        }
    }

    /// An instance that was not ready when its caller came was started as far as the caller can tell.
    private static Origin originFor(Waiter waiter, ReadyInstances.Claimed claimed) {
        Instance instance = claimed.instance();
        boolean awaited = !instance.used() && instance.startTimes().initDone() - waiter.sinceNanos() > 0;
        return awaited ? instance.madeFrom() : claimed.origin();
    }

    /// An invocation was answered, whatever it said.
    ///
    /// @param dispatchNanos from the request being read to the handler being entered; 0 where that is not known
    void answered(Origin origin, long dispatchNanos) {
        crew.habits().answered();
        // What a start takes is known from its instance, and in dispatches there is waiting.
        if (origin != Origin.WARM && !origin.isStart() && dispatchNanos > 0) {
            crew.habits().started(origin, dispatchNanos);
        }
    }

    /// How many instances can take an invocation or run one.
    int initialised() {
        return (int) crew.instances().stream()
                .filter(i -> i.state() != InstanceState.STARTING && i.state() != InstanceState.CLOSED)
                .count();
    }

    /// Whether an instance fewer is no loss of what was promised.
    boolean canSpare() {
        return initialised() > growth.provisioned();
    }

    /// What the loss of one of its instances would cost.
    GreedyDual.Candidate<Instance> candidate(Instance instance) {
        double startMillis = crew.habits().figures().nanos(instance.madeFrom()) / 1e6;
        long resident = Math.max(1, instance.resident().bytes());
        return new GreedyDual.Candidate<>(
                instance, instance.clockAtUse(), Math.max(1, instance.uses()), startMillis, resident);
    }

    /// Makes a standby of an instance that has just been booted.
    void settle(Instance instance) {
        Optional<Invocation> event = starter.primingEvent(version);
        if (event.isPresent() && crew.line().length() == 0 && crew.ready().takeIdle(instance)) {
            // It is parked when it has idled: only then is it done with the event.
            instance.prime(event.get());
        } else {
            park(instance);
        }
    }

    /// Freezes an instance that is idle, unless it may be needed at once.
    void park(Instance instance) {
        instance.settle();
        if (mayPark() && crew.ready().takeIdle(instance) && !instance.park()) {
            growth.discourage();
        }
    }

    /// Whether instances may be frozen: nobody waits for one, and there is no burst.
    boolean mayPark() {
        return config.standbys().enabled() && crew.line().length() == 0 && !growth.isPanicking();
    }

    /// Lets a standby go on without an invocation.
    void unpark(Instance instance) {
        if (crew.ready().takeFrozen(instance)) {
            instance.unpark();
        }
    }

    /// Looks whether a standby's process still is, which nobody tells of one that is frozen.
    void checkAlive(Instance instance) {
        if (crew.ready().takeFrozen(instance)) {
            instance.checkAlive();
        }
    }

    /// How many of its instances have an invocation that is not answered yet.
    int running() {
        return crew.running().get();
    }

    @Override
    public void idle(Instance instance) {
        crew.habits().taken(instance.takenNanos());
        crew.ready().idle(instance);
        offered();
    }

    @Override
    public void frozen(Instance instance) {
        crew.ready().frozen(instance);
        offered();
    }

    private void offered() {
        if (crew.line().length() > 0) {
            crew.lock().lock();
            try {
                match();
            } finally {
                crew.lock().unlock();
            }
        }
        if (growth.isClosed()) {
            closeIdle();
        }
    }

    @Override
    public void closed(Instance instance) {
        crew.instances().remove(instance);
        crew.ready().remove(instance);
        room.giveBack();
        growth.lost(instance);
    }

    /// Takes no more callers; idle instances end now, busy ones when they are done.
    void close() {
        crew.lock().lock();
        try {
            growth.close();
            for (Waiter next = crew.line().next();
                    next != null;
                    next = crew.line().next()) {
                next.serve(new Lease.Closed());
            }
        } finally {
            crew.lock().unlock();
        }
        closeIdle();
    }

    /// Ends those that run no invocation.
    void closeIdle() {
        for (Instance instance : crew.instances()) {
            if (instance.closeIfIdle()) {
                crew.ready().remove(instance);
            }
        }
    }

    /// Every instance that is not closed, in no order.
    List<Instance> instances() {
        return new ArrayList<>(crew.instances());
    }

    /// What is known about how the version is used.
    Habits habits() {
        return crew.habits();
    }

    int waitingCallers() {
        return crew.line().length();
    }
}
