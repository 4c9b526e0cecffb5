package dev.hearth.engine;

import dev.hearth.model.Clock;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import dev.hearth.model.Origin;
import dev.hearth.model.StartCause;
import dev.hearth.model.ThrottleReason;
import dev.hearth.scheduler.GreedyDual;
import dev.hearth.scheduler.Panic;
import dev.hearth.scheduler.Replacement;
import dev.hearth.scheduler.ScalingRate;
import dev.hearth.scheduler.Staffing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The instances of one version. A caller takes the instance that was used last, else a standby; when there is none it
/// waits for a busy one while a new one starts, and takes whichever is ready first. Behind each caller the pool sees to
/// it that the next one finds an instance.
///
/// The way of a caller that finds an instance takes no lock as long as there are spares. The lock guards the queue of
/// waiting callers and the counts that decide how many instances to start; nothing blocks under it.
final class InstancePool implements Instance.Listener {
    /// Replaced by equal ones as the version's record changes, so that the next comparison is by reference.
    private volatile FunctionVersion version;
    private final EngineConfig config;
    private final InstanceRoom room;
    private final InstanceStarter starter;
    private final Clock clock;

    private final ReadyInstances ready = new ReadyInstances();
    private final Set<Instance> instances = ConcurrentHashMap.newKeySet();
    /// Invocations that have an instance and no answer yet.
    private final AtomicInteger running = new AtomicInteger();
    private final Habits habits = new Habits();

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private final Panic panic = new Panic();
    private final ScalingRate scaling;
    private int starting;
    /// Is counted down when the start that began last has ended.
    private CountDownLatch latestStart = new CountDownLatch(0);
    private boolean closed;
    /// A start that nobody waited for failed: no other is tried before one that somebody waits for succeeds.
    private boolean discouraged;

    /// `waiters.size()`, readable without the lock.
    private volatile int waiting;

    /// Whether instances are kept that nobody has asked for.
    private final boolean standsBy;
    /// How many are to be kept initialised whatever the demand.
    private volatile int provisioned;
    /// Nothing is started ahead of demand until the next caller has come.
    private volatile boolean held;

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
        this.standsBy = standsBy;
        this.scaling = ScalingRate.aws(clock.nanos());
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

    /// Gets an instance, claimed for the caller, who must end with [#release].
    Lease acquire() {
        ReadyInstances.Claimed claimed = ready.claim();
        Lease lease = claimed != null ? granted(claimed.instance(), claimed.origin()) : await();
        if (lease instanceof Lease.Granted) {
            int busy = running.incrementAndGet();
            keepSpares(busy);
        }
        return lease;
    }

    /// The caller has its answer.
    void release() {
        running.decrementAndGet();
    }

    private Lease.Granted granted(Instance instance, Origin origin) {
        StartCause cause = habits.served(origin, running.get());
        if (origin == Origin.THAW || origin == Origin.PAGEIN) {
            habits.idled(clock.nanos() - instance.idleSinceNanos());
        }
        instance.stamp(room.clock());
        return new Lease.Granted(instance, origin, origin == Origin.WARM ? null : cause);
    }

    private Lease await() {
        Waiter me = new Waiter(clock.nanos());
        lock.lock();
        try {
            if (closed) {
                return new Lease.Closed();
            }
            if (waiting >= config.limits().queuedInvocations()) {
                return new Lease.Refused(ThrottleReason.QUEUE_FULL);
            }
            waiters.addLast(me);
            waiting = waiters.size();
            match();
            startMore(true);
        } finally {
            lock.unlock();
        }
        hurry();
        Lease lease = me.await(config.patience().toNanos());
        if (lease != null) {
            return lease;
        }
        demand();
        lease = me.await(config.queueWait().toNanos());
        return lease != null ? lease : giveUp(me);
    }

    /// What starts in the background is what a caller waits for now.
    private void hurry() {
        List<Instance> onTheirWay = instances.stream()
                .filter(i -> i.state() == InstanceState.STARTING)
                .toList();
        if (!onTheirWay.isEmpty()) {
            onTheirWay.forEach(Instance::hurry);
            starter.hurry();
        }
    }

    /// Starts what the waiting need now that their patience with settling instances has ended. Also called
    /// when there is room on the machine again.
    void demand() {
        lock.lock();
        try {
            startMore(false);
        } finally {
            lock.unlock();
        }
    }

    private Lease giveUp(Waiter me) {
        lock.lock();
        try {
            Lease lease = me.lease();
            if (lease != null) {
                return lease;
            }
            waiters.remove(me);
            waiting = waiters.size();
            return new Lease.Refused(ThrottleReason.QUEUE_FULL);
        } finally {
            lock.unlock();
        }
    }

    /// Gives ready instances to those who wait, first come first served. Under the lock.
    private void match() {
        while (!waiters.isEmpty()) {
            ReadyInstances.Claimed claimed = ready.claim();
            if (claimed == null) {
                return;
            }
            Waiter first = waiters.removeFirst();
            waiting = waiters.size();
            first.serve(granted(claimed.instance(), originFor(first, claimed)));
        }
    }

    /// An instance that was not ready when its caller came was booted as far as the caller can tell.
    private static Origin originFor(Waiter waiter, ReadyInstances.Claimed claimed) {
        Instance instance = claimed.instance();
        boolean awaited = !instance.used() && instance.startTimes().initDone() - waiter.sinceNanos() > 0;
        return awaited ? Origin.BOOT : claimed.origin();
    }

    /// Under the lock.
    private void startMore(boolean patient) {
        if (closed) {
            return;
        }
        long now = clock.nanos();
        boolean _ = panic.observe(running.get(), waiters.size(), instances.size() - starting, now);
        int toStart = scaling.take(Staffing.toStart(situation(starting, patient)), now);
        for (int i = 0; i < toStart; i++) {
            if (!room.take(this)) {
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
        latestStart = ended;
        Instance instance = starter.create(version, this);
        instances.add(instance);
        starter.boot(instance, order, failure -> {
            bootEnded(instance, order, failure);
            ended.countDown();
        });
    }

    /// What there is to decide from, with `onTheirWay` instances starting. Under the lock.
    private Staffing.Situation situation(int onTheirWay, boolean patient) {
        int live = instances.size() - starting;
        int settling = Math.max(0, live - ready.size() - running.get());
        return new Staffing.Situation(
                waiters.size(), onTheirWay, live, settling, habits.serviceNanos(), patient, Integer.MAX_VALUE);
    }

    /// Whether an instance that has been waiting for its turn to boot still has somebody to serve: by then the
    /// instances before it may have shown how quick the function is. Who runs out of patience asks again.
    private boolean stillNeeded() {
        lock.lock();
        try {
            Waiter oldest = waiters.peekFirst();
            if (closed || oldest == null) {
                return false;
            }
            boolean patient =
                    clock.nanos() - oldest.sinceNanos() < config.patience().toNanos();
            return Staffing.toStart(situation(starting - 1, patient)) > 0;
        } finally {
            lock.unlock();
        }
    }

    private void bootEnded(Instance instance, BootOrder order, @Nullable StartFailure failure) {
        lock.lock();
        try {
            starting--;
            discouraged = failure != null && (order.background() || discouraged);
            if (failure != null) {
                failWaiters(new Lease.Failed(failure, instance.logTail()));
                startMore(false);
            }
        } finally {
            lock.unlock();
        }
        if (failure == null) {
            instance.stamp(room.clock());
            habits.started(Origin.BOOT, instance.initNanos());
            if (order.background()) {
                settle(instance);
                keepOn();
            }
        }
    }

    /// One caller learns of a failed start; where no other instance can serve the rest, they all do, as each
    /// would have had the same failure of its own. Under the lock.
    private void failWaiters(Lease.Failed failed) {
        boolean hopeless = starting == 0 && instances.stream().noneMatch(i -> i.state() != InstanceState.CLOSED);
        do {
            Waiter first = waiters.pollFirst();
            if (first == null) {
                return;
            }
            waiting = waiters.size();
            first.serve(failed);
        } while (hopeless);
    }

    /// Sees to it that the next callers find instances. While callers queue it is their need that counts: a quick
    /// function's queue is left to the instances it has.
    private void keepSpares(int busy) {
        if (held) {
            held = false;
        }
        if (standsBy && waiting == 0 && instances.size() < Staffing.target(busy, habits.serviceNanos())) {
            topUp(0);
        }
    }

    /// Starts instances that nobody waits for: in a burst all that are wanted, else one, and the next when that is
    /// there and still not enough.
    ///
    /// @param least how many there are to be whatever the demand
    private void topUp(int least) {
        lock.lock();
        try {
            if (closed || discouraged || held || starting > 0) {
                return;
            }
            long now = clock.nanos();
            int wanted = Staffing.ahead(new Staffing.Standing(
                    standsBy ? panic.demand(running.get(), now) : 0,
                    waiters.size(),
                    instances.size(),
                    habits.serviceNanos(),
                    least,
                    room.free()));
            int toStart = scaling.take(panic.isPanicking(now) ? wanted : Math.min(1, wanted), now);
            for (int i = 0; i < toStart && room.takeIfFree(); i++) {
                boot(order(() -> !isClosed(), true));
            }
        } finally {
            lock.unlock();
        }
    }

    private BootOrder order(BooleanSupplier needed, boolean background) {
        BooleanSupplier awaited = () -> !background || waiting > 0;
        return new BootOrder(needed, background, awaited, ready.size(), habits.servedCount());
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /// Sees to it that a first instance is there, initialised and parked, and waits for it.
    ///
    /// @return whether one can take an invocation now
    boolean standBy(Duration limit) {
        if (standsBy || provisioned > 0) {
            awaitInstance(true, limit);
        }
        return !ready.isEmpty();
    }

    /// Starts an instance in place of one that crashed and waits for it, so that the next caller finds one.
    void replace() {
        Replacement replacement = replacement(habits.crashed());
        if (replacement.start() || replacement.hold().isPositive()) {
            awaitInstance(false, replacement.hold());
        }
    }

    private Replacement replacement(int crashes) {
        lock.lock();
        try {
            long startNanos = habits.figures().nanos(Origin.BOOT);
            return Replacement.of(new Replacement.Loss(ready.size(), starting, crashes, startNanos));
        } finally {
            lock.unlock();
        }
    }

    /// An invocation was answered, whatever it said.
    ///
    /// @param dispatchNanos from the request being read to the handler being entered; 0 where that is not known
    void answered(Origin origin, long dispatchNanos) {
        habits.answered();
        // What a boot takes is known from its instance, and in dispatches there is waiting.
        if (origin != Origin.WARM && origin != Origin.BOOT && dispatchNanos > 0) {
            habits.started(origin, dispatchNanos);
        }
    }

    /// Where no instance is ready, waits for the one that is being started, or starts one and waits for that.
    void awaitInstance(boolean background, Duration limit) {
        CountDownLatch ended;
        lock.lock();
        try {
            boolean wanted = !closed && ready.isEmpty() && starting == 0;
            // Who only prepares does not take another's place.
            if (wanted && (background ? room.takeIfFree() : room.take(this))) {
                boot(order(() -> !isClosed(), background));
            }
            ended = latestStart;
        } finally {
            lock.unlock();
        }
        if (ready.isEmpty()) {
            await(ended, limit);
        }
    }

    private static void await(CountDownLatch ended, Duration limit) {
        try {
            boolean _ = ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Keeps so many instances initialised from now on, whatever the demand.
    void provision(int count) {
        provisioned = count;
        upkeep();
    }

    /// How many instances can take an invocation or run one.
    int initialised() {
        return (int) instances.stream()
                .filter(i -> i.state() != InstanceState.STARTING && i.state() != InstanceState.CLOSED)
                .count();
    }

    /// Whether an instance fewer is no loss of what was promised.
    boolean canSpare() {
        return initialised() > provisioned;
    }

    /// Makes up for standbys that were lost or are still missing; called from time to time.
    void upkeep() {
        if (waiting > 0) {
            // The scaling rate may have kept some from being started.
            demand();
        }
        keepOn();
    }

    private void keepOn() {
        int least = Math.max(provisioned, habits.lostStandby() ? 1 : 0);
        int busy = running.get();
        int spares = standsBy && busy > 0 ? Staffing.target(busy, habits.serviceNanos()) : 0;
        if (instances.size() < Math.max(least, spares)) {
            topUp(least);
        }
    }

    /// What the loss of one of its instances would cost.
    GreedyDual.Candidate<Instance> candidate(Instance instance) {
        double startMillis = habits.figures().nanos(Origin.BOOT) / 1e6;
        long resident = Math.max(1, instance.resident().bytes());
        return new GreedyDual.Candidate<>(
                instance, instance.clockAtUse(), Math.max(1, instance.uses()), startMillis, resident);
    }

    /// Makes a standby of an instance that has just been booted.
    private void settle(Instance instance) {
        Optional<Invocation> event = starter.primingEvent(version);
        if (event.isPresent() && waiting == 0 && ready.takeIdle(instance)) {
            // It is parked when it has idled: only then is it done with the event.
            instance.prime(event.get());
        } else {
            park(instance);
        }
    }

    /// Freezes an instance that is idle, unless it may be needed at once.
    void park(Instance instance) {
        if (mayPark() && ready.takeIdle(instance) && !instance.park()) {
            discourage();
        }
    }

    /// Whether instances may be frozen: nobody waits for one, and there is no burst.
    boolean mayPark() {
        return config.standbys().enabled() && waiting == 0 && !isPanicking();
    }

    private boolean isPanicking() {
        lock.lock();
        try {
            return panic.isPanicking(clock.nanos());
        } finally {
            lock.unlock();
        }
    }

    private void discourage() {
        lock.lock();
        try {
            discouraged = true;
        } finally {
            lock.unlock();
        }
    }

    /// Starts nothing ahead of demand until the next caller has come.
    void hold() {
        held = true;
    }

    /// Lets a standby go on without an invocation.
    void unpark(Instance instance) {
        if (ready.takeFrozen(instance)) {
            instance.unpark();
        }
    }

    /// Looks whether a standby's process still is, which nobody tells of one that is frozen.
    void checkAlive(Instance instance) {
        if (ready.takeFrozen(instance)) {
            instance.checkAlive();
        }
    }

    /// Puts a standby that was started anew in the place of those that nobody has used, because it would be a better
    /// one.
    /// For a thread that may wait.
    void renew(Duration limit) {
        List<Instance> old =
                instances.stream().filter(i -> i.isReady() && !i.used()).toList();
        CountDownLatch ended;
        lock.lock();
        try {
            if (closed || old.isEmpty() || !room.takeIfFree()) {
                return;
            }
            boot(order(() -> !isClosed(), true));
            ended = latestStart;
        } finally {
            lock.unlock();
        }
        await(ended, limit);
        if (instances.stream().anyMatch(i -> i.isReady() && !old.contains(i))) {
            old.forEach(Instance::closeIfIdle);
        }
    }

    /// How many of its instances have an invocation that is not answered yet.
    int running() {
        return running.get();
    }

    @Override
    public void idle(Instance instance) {
        habits.taken(instance.takenNanos());
        ready.idle(instance);
        offered();
    }

    @Override
    public void frozen(Instance instance) {
        ready.frozen(instance);
        offered();
    }

    private void offered() {
        if (waiting > 0) {
            lock.lock();
            try {
                match();
            } finally {
                lock.unlock();
            }
        }
        if (closed) {
            closeIdle();
        }
    }

    @Override
    public void closed(Instance instance) {
        instances.remove(instance);
        ready.remove(instance);
        room.giveBack();
        if (standsBy && instance.diedByItself()) {
            habits.standbyLost();
        }
        if (waiting > 0) {
            demand();
        }
    }

    /// Takes no more callers; idle instances end now, busy ones when they are done.
    void close() {
        lock.lock();
        try {
            closed = true;
            while (!waiters.isEmpty()) {
                waiters.removeFirst().serve(new Lease.Closed());
            }
            waiting = 0;
        } finally {
            lock.unlock();
        }
        closeIdle();
    }

    /// Ends those that run no invocation.
    void closeIdle() {
        for (Instance instance : instances) {
            if (instance.closeIfIdle()) {
                ready.remove(instance);
            }
        }
    }

    /// Every instance that is not closed, in no order.
    List<Instance> instances() {
        return new ArrayList<>(instances);
    }

    /// What is known about how the version is used.
    Habits habits() {
        return habits;
    }

    int waitingCallers() {
        return waiting;
    }
}
