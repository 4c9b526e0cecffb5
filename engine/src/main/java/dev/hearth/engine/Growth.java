package dev.hearth.engine;

import dev.hearth.model.Clock;
import dev.hearth.model.Origin;
import dev.hearth.scheduler.Panic;
import dev.hearth.scheduler.Replacement;
import dev.hearth.scheduler.ScalingRate;
import dev.hearth.scheduler.Staffing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// How many instances a pool has: starts those that callers wait for, and ahead of demand those for the next ones. What
/// `scheduler` decides is done here. Safe for any thread.
final class Growth {
    private final InstancePool pool;
    private final EngineConfig config;
    private final InstanceRoom room;
    private final InstanceStarter starter;
    private final Clock clock;

    private final Crew crew;

    /// Under the lock, as all that follows and is not volatile.
    private final Panic panic = new Panic();

    private final ScalingRate scaling;
    private int starting;
    /// How many of them were ordered while nobody waited.
    private final AtomicInteger startingAhead = new AtomicInteger();
    /// Is counted down when the start that began last has ended.
    private CountDownLatch latestStart = new CountDownLatch(0);
    /// A start that nobody waited for failed: no other is tried before one that somebody waits for succeeds.
    private boolean discouraged;
    /// Written under the lock.
    private volatile boolean closed;

    /// Whether instances are kept that nobody has asked for.
    private final boolean standsBy;
    /// How many are to be kept initialised whatever the demand.
    private volatile int provisioned;
    /// Nothing is started ahead of demand until the next caller has come.
    private volatile boolean held;

    /// @param pool     whose instances these are
    /// @param standsBy whether instances are kept that nobody has asked for
    Growth(
            InstancePool pool,
            Crew crew,
            EngineConfig config,
            InstanceRoom room,
            InstanceStarter starter,
            Clock clock,
            boolean standsBy) {
        this.pool = pool;
        this.config = config;
        this.room = room;
        this.starter = starter;
        this.clock = clock;
        this.crew = crew;
        this.standsBy = standsBy;
        this.scaling = ScalingRate.aws(clock.nanos());
    }

    /// What starts in the background is what a caller waits for now.
    void hurry() {
        if (startingAhead.get() == 0) {
            return;
        }
        for (Instance instance : crew.instances()) {
            instance.hurry();
        }
        starter.hurry();
    }

    /// Starts what the waiting need now that their patience with settling instances has ended. Also called
    /// when there is room on the machine again.
    void demand() {
        crew.lock().lock();
        try {
            startMore(false);
        } finally {
            crew.lock().unlock();
        }
    }

    /// Under the lock.
    void startMore(boolean patient) {
        if (closed) {
            return;
        }
        long now = clock.nanos();
        boolean _ = panic.observe(
                crew.running().get(), crew.line().length(), crew.instances().size() - starting, now);
        int toStart = scaling.take(Staffing.toStart(situation(starting, patient)), now);
        for (int i = 0; i < toStart; i++) {
            if (!room.take(pool)) {
                scaling.giveBack(toStart - i);
                return;
            }
            boot(order(this::stillNeeded, false));
        }
    }

    /// Starts an instance; its place was taken. Under the lock.
    private void boot(BootOrder order) {
        CountDownLatch ended = new CountDownLatch(1);
        starting++;
        startingAhead.addAndGet(order.background() ? 1 : 0);
        latestStart = ended;
        Instance instance = starter.create(pool.version(), pool);
        crew.instances().add(instance);
        starter.boot(instance, order, failure -> {
            bootEnded(instance, order, failure);
            ended.countDown();
        });
    }

    /// What there is to decide from, with `onTheirWay` instances starting. Under the lock.
    private Staffing.Situation situation(int onTheirWay, boolean patient) {
        int live = crew.instances().size() - starting;
        int settling = Math.max(0, live - crew.ready().size() - crew.running().get());
        return new Staffing.Situation(
                crew.line().length(),
                onTheirWay,
                live,
                settling,
                crew.habits().serviceNanos(),
                patient,
                Integer.MAX_VALUE);
    }

    /// Whether an instance that has been waiting for its turn to boot still has somebody to serve: by then the
    /// instances before it may have shown how quick the function is. Who runs out of patience asks again.
    private boolean stillNeeded() {
        crew.lock().lock();
        try {
            Waiter oldest = crew.line().first();
            return !closed && oldest != null && Staffing.toStart(situation(starting - 1, isPatient(oldest))) > 0;
        } finally {
            crew.lock().unlock();
        }
    }

    /// Under the lock.
    private void startForTheRest() {
        Waiter oldest = crew.line().first();
        if (oldest != null) {
            startMore(isPatient(oldest));
        }
    }

    private boolean isPatient(Waiter waiter) {
        return clock.nanos() - waiter.sinceNanos() < config.patience().toNanos();
    }

    private void bootEnded(Instance instance, BootOrder order, @Nullable StartFailure failure) {
        crew.lock().lock();
        try {
            starting--;
            startingAhead.addAndGet(order.background() ? -1 : 0);
            discouraged = failure != null && (order.background() || discouraged);
            if (failure != null) {
                failWaiters(new Lease.Failed(failure, instance.logTail()));
                startMore(false);
            } else {
                // Who came between its first invocation and now took it for one that is on its way.
                startForTheRest();
            }
        } finally {
            crew.lock().unlock();
        }
        if (failure == null) {
            instance.stamp(room.clock());
            crew.habits().started(instance.madeFrom(), instance.initNanos());
            if (order.background()) {
                pool.settle(instance);
                keepOn();
            }
        }
    }

    /// One caller learns of a failed start; where no other instance can serve the rest, they all do, as each
    /// would have had the same failure of its own. Under the lock.
    private void failWaiters(Lease.Failed failed) {
        boolean hopeless = starting == 0 && crew.instances().stream().noneMatch(i -> i.state() != InstanceState.CLOSED);
        do {
            Waiter first = crew.line().next();
            if (first == null) {
                return;
            }
            first.serve(failed);
        } while (hopeless);
    }

    /// Sees to it that the next callers find instances. While callers queue it is their need that counts: a quick
    /// function's queue is left to the instances it has.
    void keepSpares(int busy) {
        if (held) {
            held = false;
        }
        if (standsBy
                && crew.line().length() == 0
                && crew.instances().size() < Staffing.target(busy, crew.habits().serviceNanos())) {
            topUp(0);
        }
    }

    /// Starts instances that nobody waits for: in a burst all that are wanted, else one, and the next when that is
    /// there and still not enough.
    ///
    /// @param least how many there are to be whatever the demand
    private void topUp(int least) {
        crew.lock().lock();
        try {
            if (closed || discouraged || held || starting > 0) {
                return;
            }
            long now = clock.nanos();
            int wanted = Staffing.ahead(new Staffing.Standing(
                    standsBy ? panic.demand(crew.running().get(), now) : 0,
                    crew.line().length(),
                    crew.instances().size(),
                    crew.habits().serviceNanos(),
                    least,
                    room.free()));
            int toStart = scaling.take(panic.isPanicking(now) ? wanted : Math.min(1, wanted), now);
            for (int i = 0; i < toStart && room.takeIfFree(); i++) {
                boot(order(() -> !isClosed(), true));
            }
        } finally {
            crew.lock().unlock();
        }
    }

    private BootOrder order(BooleanSupplier needed, boolean background) {
        BooleanSupplier awaited = () -> !background || crew.line().length() > 0;
        return new BootOrder(
                needed,
                background,
                awaited,
                crew.ready().size(),
                crew.habits().servedCount(),
                crew.habits().figures());
    }

    /// Sees to it that a first instance is there, initialised and parked, and waits for it.
    ///
    /// @return whether one can take an invocation now
    boolean standBy(Duration limit) {
        if (standsBy || provisioned > 0) {
            awaitInstance(true, limit);
        }
        return !crew.ready().isEmpty();
    }

    /// Where no instance is ready, waits for the one that is being started, or starts one and waits for that: until it
    /// is parked where it is to be, which is a little after it is ready.
    void awaitInstance(boolean background, Duration limit) {
        CountDownLatch ended;
        crew.lock().lock();
        try {
            if (!crew.ready().isEmpty()) {
                return;
            }
            // Who only prepares does not take another's place.
            if (!closed && starting == 0 && (background ? room.takeIfFree() : room.take(pool))) {
                boot(order(() -> !isClosed(), background));
            }
            ended = latestStart;
        } finally {
            crew.lock().unlock();
        }
        await(ended, limit);
    }

    private static void await(CountDownLatch ended, Duration limit) {
        try {
            boolean _ = ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Starts an instance in place of one that crashed and waits for it, so that the next caller finds one.
    void replace() {
        Replacement replacement = replacement(crew.habits().crashed());
        if (replacement.start() || replacement.hold().isPositive()) {
            awaitInstance(false, replacement.hold());
        }
    }

    private Replacement replacement(int crashes) {
        crew.lock().lock();
        try {
            long startNanos = crew.habits().figures().nanos(Origin.BOOT);
            return Replacement.of(new Replacement.Loss(crew.ready().size(), starting, crashes, startNanos));
        } finally {
            crew.lock().unlock();
        }
    }

    /// Puts a standby that was started anew in the place of those that nobody has used, because it would be a better
    /// one. For a thread that may wait.
    void renew(Duration limit) {
        List<Instance> old =
                crew.instances().stream().filter(i -> i.isReady() && !i.used()).toList();
        CountDownLatch ended;
        crew.lock().lock();
        try {
            if (closed || old.isEmpty() || !room.takeIfFree()) {
                return;
            }
            boot(order(() -> !isClosed(), true));
            ended = latestStart;
        } finally {
            crew.lock().unlock();
        }
        await(ended, limit);
        if (crew.instances().stream().anyMatch(i -> i.isReady() && !old.contains(i))) {
            old.forEach(Instance::closeIfIdle);
        }
    }

    /// Keeps so many instances initialised from now on, whatever the demand.
    void provision(int count) {
        provisioned = count;
        upkeep();
    }

    /// How many are kept initialised whatever the demand.
    int provisioned() {
        return provisioned;
    }

    /// Makes up for standbys that were lost or are still missing; called from time to time.
    void upkeep() {
        if (crew.line().length() > 0) {
            // The scaling rate may have kept some from being started.
            demand();
        }
        keepOn();
    }

    private void keepOn() {
        int least = Math.max(provisioned, crew.habits().lostStandby() ? 1 : 0);
        int busy = crew.running().get();
        int spares = standsBy && busy > 0 ? Staffing.target(busy, crew.habits().serviceNanos()) : 0;
        if (crew.instances().size() < Math.max(least, spares)) {
            topUp(least);
        }
    }

    boolean isPanicking() {
        crew.lock().lock();
        try {
            return panic.isPanicking(clock.nanos());
        } finally {
            crew.lock().unlock();
        }
    }

    void discourage() {
        crew.lock().lock();
        try {
            discouraged = true;
        } finally {
            crew.lock().unlock();
        }
    }

    /// Starts nothing ahead of demand until the next caller has come.
    void hold() {
        held = true;
    }

    /// Whether that is so: then its instances were arranged for the next caller.
    boolean isHeld() {
        return held;
    }

    /// An instance is gone.
    void lost(Instance instance) {
        if (standsBy && instance.diedByItself()) {
            crew.habits().standbyLost();
        }
        if (crew.line().length() > 0) {
            demand();
        }
    }

    /// Starts nothing any more. Under the lock.
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
