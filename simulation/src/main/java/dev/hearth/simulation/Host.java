package dev.hearth.simulation;

import dev.hearth.model.Origin;
import dev.hearth.model.StartCause;
import dev.hearth.scheduler.Ladder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A simulated machine: the thin shell around a policy's decisions, as the engine is the real one. An instance serves
/// one invocation at a time; who finds none waits for whichever is ready first.
final class Host {
    private static final long FREEZE_AFTER_MICROS = 2_000_000;

    private final Workload workload;
    private final Policy policy;
    private final List<HostedFunction> functions = new ArrayList<>();
    private final EventQueue events = new EventQueue();
    private final Memory memory;
    private final BootQueue boots;
    private final Invariants invariants = new Invariants();
    private final Tally tally = new Tally();
    /// Every idle instance, in the order in which they became idle.
    private final Set<Instance> idle = new LinkedHashSet<>();
    /// Functions whose callers wait for memory.
    private final Set<HostedFunction> starved = new LinkedHashSet<>();

    private long now;

    Host(Workload workload, Policy policy, long memoryBytes) {
        this.workload = workload;
        this.policy = policy;
        this.memory = new Memory(memoryBytes, workload.endMicros());
        this.boots = new BootQueue(this);
        List<Trace.Function> traced = workload.trace().functions();
        for (int i = 0; i < traced.size(); i++) {
            functions.add(new HostedFunction(i, traced.get(i)));
        }
    }

    /// Replays the workload.
    void run() {
        policy.begin(this);
        int next = 0;
        while (true) {
            long arrival = next < workload.size() ? workload.arrivalMicros(next) : Long.MAX_VALUE;
            long due = events.nextMicros();
            if (arrival == Long.MAX_VALUE && !invariants.isBusy() && due >= workload.endMicros()) {
                break;
            }
            invariants.checkProgress(this, Math.min(arrival, due));
            advance(Math.min(arrival, due));
            if (arrival <= due) {
                arrived(next++);
            } else {
                events.poll().run();
            }
            invariants.check(this);
        }
        advance(Math.max(now, workload.endMicros()));
        invariants.checkEnd(this, workload.size());
    }

    private void advance(long to) {
        now = to;
        memory.advance(to);
    }

    private void arrived(int invocation) {
        HostedFunction function = functions.get(workload.function(invocation));
        policy.called(this, function, function.running > 0 ? 0 : now - function.idleSince);
        StartCause cause = function.cause();
        function.calls++;
        function.frequency++;
        function.latest = invocation;
        invariants.arrived();
        if (!function.waiters.isEmpty() || !serveFromReady(function, invocation)) {
            function.waiters.add(new HostedFunction.Waiter(invocation, cause));
            policy.demand(this, function);
        }
    }

    private boolean serveFromReady(HostedFunction function, int invocation) {
        Instance ready = claim(function);
        if (ready == null) {
            return false;
        }
        Origin origin = originOf(ready);
        become(ready, Instance.State.BUSY);
        tally.found(origin, function.micros(origin));
        run(ready, invocation, function.micros(origin));
        return true;
    }

    /// The cheapest that is ready, out of the idle ones; none if its memory cannot be had.
    private @Nullable Instance claim(HostedFunction function) {
        if (function.idle.isEmpty()) {
            return null;
        }
        Instance cheapest = cheapest(function);
        remove(cheapest);
        long needed = function.bytes() - cheapest.residentBytes();
        if (!has(needed)) {
            policy.makeRoom(this, needed);
        }
        if (has(needed)) {
            return cheapest;
        }
        function.idle.add(cheapest);
        idle.add(cheapest);
        starved.add(function);
        return null;
    }

    private Instance cheapest(HostedFunction function) {
        Instance latest = function.idle.getLast();
        if (!latest.paged) {
            return latest;
        }
        return function.idle.stream().filter(i -> !i.paged).findFirst().orElse(latest);
    }

    private Origin originOf(Instance ready) {
        boolean frozen = policy.freezes() && now - ready.idleSince > FREEZE_AFTER_MICROS;
        Ladder.Ready one = new Ladder.Ready(
                ready.paged || frozen ? 0 : 1,
                !ready.paged && frozen ? 1 : 0,
                ready.paged ? 1 : 0,
                false,
                false,
                false);
        return Ladder.choose(one, ready.function().figures());
    }

    private void run(Instance instance, int invocation, long startMicros) {
        HostedFunction function = instance.function();
        instance.uses++;
        function.running++;
        invariants.began();
        long taken = workload.durationMicros(invocation);
        events.add(now + startMicros + taken, () -> completed(instance, taken));
        policy.dispatched(this, instance);
    }

    private void completed(Instance instance, long taken) {
        HostedFunction function = instance.function();
        function.running--;
        function.took(taken);
        invariants.ended();
        offer(instance);
    }

    /// An instance can take an invocation.
    void offer(Instance instance) {
        HostedFunction function = instance.function();
        HostedFunction.Waiter first = function.waiters.pollFirst();
        if (first != null) {
            become(instance, Instance.State.BUSY);
            tally.foundNone(first.cause(), now - workload.arrivalMicros(first.invocation()));
            run(instance, first.invocation(), 0);
            return;
        }
        become(instance, Instance.State.IDLE);
        instance.idleSince = now;
        if (instance.uses > 0 && function.running == 0) {
            function.idleSince = now;
        }
        function.idle.add(instance);
        idle.add(instance);
        policy.idle(this, instance);
        feedStarved();
    }

    /// Tries again for those who could not be served for want of memory.
    private void feedStarved() {
        if (starved.isEmpty()) {
            return;
        }
        List<HostedFunction> hungry = List.copyOf(starved);
        starved.clear();
        for (HostedFunction function : hungry) {
            while (!function.waiters.isEmpty() && serveWaiterFromReady(function)) {
                // The next one.
            }
            if (!function.waiters.isEmpty()) {
                policy.demand(this, function);
            }
        }
    }

    private boolean serveWaiterFromReady(HostedFunction function) {
        Instance ready = claim(function);
        if (ready == null) {
            return false;
        }
        long start = function.micros(originOf(ready));
        HostedFunction.Waiter first = function.waiters.removeFirst();
        become(ready, Instance.State.BUSY);
        tally.foundNone(first.cause(), now + start - workload.arrivalMicros(first.invocation()));
        run(ready, first.invocation(), start);
        return true;
    }

    /// Starts an instance that somebody waits for; ends others for it, or waits, where there is no memory.
    ///
    /// @return whether it is on its way
    boolean startForCaller(HostedFunction function) {
        if (!has(function.bytes())) {
            policy.makeRoom(this, function.bytes());
        }
        if (!has(function.bytes())) {
            starved.add(function);
            return false;
        }
        start(function, true);
        return true;
    }

    /// Starts an instance that nobody waits for, if there is memory for it.
    ///
    /// @return whether it is on its way
    boolean startAhead(HostedFunction function) {
        if (has(function.bytes())) {
            start(function, false);
            return true;
        }
        return false;
    }

    private void start(HostedFunction function, boolean awaited) {
        Instance instance = new Instance(function, awaited);
        function.starting++;
        memory.with(instance);
        boots.add(instance);
    }

    /// Adds an instance that was there before the first invocation, paged out.
    void standBy(HostedFunction function) {
        Instance instance = new Instance(function, false);
        instance.state = Instance.State.IDLE;
        instance.paged = true;
        memory.with(instance);
        function.idle.add(instance);
        idle.add(instance);
    }

    /// An instance in its queue is not needed any more.
    void cancel(Instance instance) {
        instance.function().starting--;
        become(instance, Instance.State.CLOSED);
    }

    /// An instance has booted.
    void booted(Instance instance) {
        tally.booted++;
        instance.function().starting--;
        offer(instance);
    }

    /// Whether the policy still wants an instance for a caller.
    boolean stillNeeded(Instance instance) {
        return !instance.awaited() || policy.stillNeeded(this, instance.function());
    }

    /// Ends an idle instance.
    void end(Instance instance) {
        remove(instance);
        become(instance, Instance.State.CLOSED);
        tally.ended++;
        if (instance.function().instances() == 0) {
            instance.function().frequency = 0;
        }
    }

    /// Moves the memory of an idle instance to swap.
    void pageOut(Instance instance) {
        page(instance, true);
        tally.pagedOut++;
    }

    /// Moves it back before anybody calls; there has to be room.
    void pageIn(Instance instance) {
        page(instance, false);
        tally.pagedInAhead++;
    }

    private void page(Instance instance, boolean out) {
        memory.without(instance);
        instance.paged = out;
        memory.with(instance);
    }

    private void remove(Instance instance) {
        instance.function().idle.remove(instance);
        idle.remove(instance);
    }

    private void become(Instance instance, Instance.State state) {
        memory.without(instance);
        instance.state = state;
        if (state == Instance.State.BUSY) {
            instance.paged = false;
        }
        memory.with(instance);
    }

    private boolean has(long bytes) {
        return memory.free() >= bytes;
    }

    /// Something happens later.
    void at(long micros, Runnable event) {
        events.add(Math.max(now, micros), event);
    }

    long now() {
        return now;
    }

    Workload workload() {
        return workload;
    }

    Collection<HostedFunction> functions() {
        return functions;
    }

    Set<Instance> leastRecentlyUsedFirst() {
        return idle;
    }

    Memory memory() {
        return memory;
    }

    BootQueue boots() {
        return boots;
    }

    Tally tally() {
        return tally;
    }
}
