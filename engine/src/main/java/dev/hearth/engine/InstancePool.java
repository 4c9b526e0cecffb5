package dev.hearth.engine;

import dev.hearth.model.Clock;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Origin;
import dev.hearth.model.ThrottleReason;
import dev.hearth.scheduler.Staffing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The instances of one version. A caller takes the instance that was used last; when none is idle it waits
/// for a busy one while a new one starts, and takes whichever is ready first.
///
/// The way of a caller that finds an idle instance takes no lock. The lock guards the queue of waiting
/// callers and the counts that decide how many instances to start; nothing blocks under it.
final class InstancePool implements Instance.Listener {
    private static final int AVERAGED_OVER = 16;

    /// Replaced by equal ones as the version's record changes, so that the next comparison is by reference.
    private volatile FunctionVersion version;
    private final EngineConfig config;
    private final InstanceRoom room;
    private final InstanceStarter starter;
    private final Clock clock;

    private final ConcurrentLinkedDeque<Instance> idle = new ConcurrentLinkedDeque<>();
    private final Set<Instance> instances = ConcurrentHashMap.newKeySet();
    /// Invocations that have an instance and no answer yet.
    private final AtomicInteger running = new AtomicInteger();

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private int starting;
    private boolean closed;
    /// How long an instance is taken by one invocation, a moving average. Instances that become idle together may
    /// overwrite each other's contribution; as an average it can do without.
    private volatile long serviceNanos;

    /// `waiters.size()`, readable without the lock.
    private volatile int waiting;

    InstancePool(
            FunctionVersion version, EngineConfig config, InstanceRoom room, InstanceStarter starter, Clock clock) {
        this.version = version;
        this.config = config;
        this.room = room;
        this.starter = starter;
        this.clock = clock;
    }

    /// The version its instances run.
    FunctionVersion version() {
        return version;
    }

    /// Whether its instances may serve an invocation of `other`: it has the same code and settings, or is older
    /// than what they run, because its caller looked it up before an update.
    boolean adopt(FunctionVersion other) {
        FunctionVersion mine = version;
        if (mine.code().equals(other.code()) && mine.settings().equals(other.settings())) {
            version = other;
            return true;
        }
        return mine.lastModified().isAfter(other.lastModified());
    }

    /// Gets an instance, claimed for the caller, who must end with [#release].
    Lease acquire() {
        Instance ready = claimIdle();
        if (ready != null) {
            running.incrementAndGet();
            return new Lease.Granted(ready, Origin.WARM);
        }
        Lease lease = await();
        if (lease instanceof Lease.Granted) {
            running.incrementAndGet();
        }
        return lease;
    }

    /// The caller has its answer.
    void release() {
        running.decrementAndGet();
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
        Lease lease = me.await(config.patience().toNanos());
        if (lease != null) {
            return lease;
        }
        demand();
        lease = me.await(config.queueWait().toNanos());
        return lease != null ? lease : giveUp(me);
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

    private @Nullable Instance claimIdle() {
        for (Instance last = idle.pollFirst(); last != null; last = idle.pollFirst()) {
            if (last.claim()) {
                return last;
            }
        }
        return null;
    }

    /// Gives idle instances to those who wait, first come first served. Under the lock.
    private void match() {
        while (!waiters.isEmpty()) {
            Instance ready = claimIdle();
            if (ready == null) {
                return;
            }
            Waiter first = waiters.removeFirst();
            waiting = waiters.size();
            first.serve(new Lease.Granted(ready, ready.used() ? Origin.WARM : Origin.BOOT));
        }
    }

    /// Under the lock.
    private void startMore(boolean patient) {
        if (closed) {
            return;
        }
        int toStart = Staffing.toStart(situation(starting, patient));
        for (int i = 0; i < toStart && room.take(this); i++) {
            start();
        }
    }

    /// Under the lock; the place for the instance was taken.
    private void start() {
        starting++;
        Instance instance = starter.create(version, this);
        instances.add(instance);
        starter.boot(instance, this::stillNeeded, failure -> bootEnded(instance, failure));
    }

    /// What there is to decide from, with `onTheirWay` instances starting. Under the lock.
    private Staffing.Situation situation(int onTheirWay, boolean patient) {
        int live = instances.size() - starting;
        int settling = Math.max(0, live - idle.size() - running.get());
        return new Staffing.Situation(
                waiters.size(), onTheirWay, live, settling, serviceNanos, patient, Integer.MAX_VALUE);
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

    private void bootEnded(Instance instance, @Nullable StartFailure failure) {
        lock.lock();
        try {
            starting--;
            if (failure != null) {
                failWaiters(new Lease.Failed(failure, instance.logTail()));
                startMore(false);
            }
        } finally {
            lock.unlock();
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

    @Override
    public void idle(Instance instance) {
        long taken = instance.takenNanos();
        if (taken > 0) {
            long average = serviceNanos;
            serviceNanos = average == 0 ? taken : average + (taken - average) / AVERAGED_OVER;
        }
        idle.addFirst(instance);
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
        idle.remove(instance);
        room.giveBack();
        if (waiting > 0) {
            demand();
        }
    }

    /// Starts an instance in place of one that crashed, so that the next caller finds one.
    void replace() {
        lock.lock();
        try {
            if (!closed && idle.isEmpty() && starting == 0 && room.take(this)) {
                starting++;
                Instance instance = starter.create(version, this);
                instances.add(instance);
                starter.boot(instance, () -> true, failure -> bootEnded(instance, failure));
            }
        } finally {
            lock.unlock();
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

    private void closeIdle() {
        for (Instance instance : instances) {
            if (instance.closeIfIdle()) {
                idle.remove(instance);
            }
        }
    }

    /// Every instance that is not closed, in no order.
    List<Instance> instances() {
        return new ArrayList<>(instances);
    }

    int waitingCallers() {
        return waiting;
    }
}
