package dev.hearth.simulation;

import dev.hearth.scheduler.IdleHistogram;
import dev.hearth.scheduler.PagingWindow;
import dev.hearth.scheduler.Panic;
import dev.hearth.scheduler.ScalingRate;
import dev.hearth.scheduler.Staffing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What Hearth does, with the scheduler's own code: a standby for each function from its deployment on, spares behind
/// each caller, no time-to-live; memory goes to swap by the idle histogram, and by Greedy-Dual when it is short.
final class Hearth extends Policy {
    private static final long NANOS = 1_000;
    private static final long PATIENCE_MICROS = 50_000;
    private static final long CALM_MICROS = 60_000_000;
    private static final Duration UNLEARNT = Duration.ofMinutes(15);
    private static final long LEAD_NANOS = Duration.ofSeconds(1).toNanos();

    private final boolean schedules;
    private final boolean spares;
    private final List<Habits> habits = new ArrayList<>();
    private final GreedyDualEviction paging = new GreedyDualEviction(
            i -> i.pageClock,
            i -> i.function().runtime().pageInMicros() / 1e3,
            i -> i.function().bytes() - i.function().pagedOutBytes());
    private final GreedyDualEviction ending = new GreedyDualEviction(
            i -> i.endClock, i -> i.function().runtime().bootMicros() / 1e3, Instance::residentBytes);

    /// What is known about a function.
    private static final class Habits {
        private final IdleHistogram idleTimes = new IdleHistogram();
        private final Panic panic = new Panic();
        private final ScalingRate rate = ScalingRate.aws(0);
        private boolean patienceArranged;
        private int started;
    }

    /// @param schedules whether functions with a timer have declared when they tick
    /// @param spares    whether instances are started ahead of demand
    Hearth(String name, boolean schedules, boolean spares) {
        super(name);
        this.schedules = schedules;
        this.spares = spares;
    }

    @Override
    void begin(Host host) {
        for (HostedFunction function : host.functions()) {
            habits.add(new Habits());
            host.standBy(function);
        }
    }

    @Override
    boolean freezes() {
        return true;
    }

    private Habits of(HostedFunction function) {
        return habits.get(function.index());
    }

    @Override
    void called(Host host, HostedFunction function, long idleMicros) {
        if (function.calls > 0 && function.running == 0) {
            of(function).idleTimes.record(idleMicros * NANOS);
        }
    }

    @Override
    void demand(Host host, HostedFunction function) {
        start(host, function, Staffing.toStart(situation(function, function.starting, true)));
        Habits known = of(function);
        known.panic.observe(function.running, function.waiters.size(), function.live(), host.now() * NANOS);
        if (!known.patienceArranged) {
            known.patienceArranged = true;
            host.at(host.now() + PATIENCE_MICROS, () -> impatient(host, function));
        }
    }

    private void impatient(Host host, HostedFunction function) {
        Habits known = of(function);
        known.patienceArranged = false;
        if (function.waiters.isEmpty()) {
            return;
        }
        start(host, function, Staffing.toStart(situation(function, function.starting, false)));
        // Some may be left without an instance by the scaling rate or by the memory: ask again.
        known.patienceArranged = true;
        host.at(host.now() + PATIENCE_MICROS, () -> impatient(host, function));
    }

    private void start(Host host, HostedFunction function, int wanted) {
        int granted = grant(host, function, wanted);
        for (int started = 0; started < granted; started++) {
            if (!host.startForCaller(function)) {
                giveBack(function, granted - started);
                return;
            }
        }
    }

    private int grant(Host host, HostedFunction function, int wanted) {
        Habits known = of(function);
        int granted = known.rate.take(wanted, host.now() * NANOS);
        known.started += granted;
        if (known.started > 1_000 + host.now() / 10_000) {
            throw new IllegalStateException("function " + function.index() + " grew faster than AWS lets it");
        }
        return granted;
    }

    private void giveBack(HostedFunction function, int instances) {
        of(function).rate.giveBack(instances);
        of(function).started -= instances;
    }

    private static Staffing.Situation situation(HostedFunction function, int starting, boolean patient) {
        return new Staffing.Situation(
                function.waiters.size(),
                starting,
                function.live(),
                0,
                function.serviceMicros * NANOS,
                patient,
                Integer.MAX_VALUE);
    }

    @Override
    boolean stillNeeded(Host host, HostedFunction function) {
        return Staffing.toStart(situation(function, function.starting - 1, false)) > 0;
    }

    @Override
    void dispatched(Host host, Instance instance) {
        instance.endClock = ending.clock();
        instance.pageClock = paging.clock();
        if (spares) {
            ahead(host, instance.function());
        }
    }

    private void ahead(Host host, HostedFunction function) {
        Habits known = of(function);
        if (known.panic.isPanicking(host.now() * NANOS)) {
            known.panic.observe(function.running, function.waiters.size(), function.live(), host.now() * NANOS);
        }
        int busy = known.panic.demand(function.running, host.now() * NANOS);
        int wanted = Staffing.ahead(new Staffing.Standing(
                busy,
                function.waiters.size(),
                function.instances(),
                function.serviceMicros * NANOS,
                1,
                Staffing.roomAhead(host.memory().free(), host.memory().cap(), function.bytes())));
        // One at a time unless it is a burst: more come when that one is there and still not enough.
        boolean burst = known.panic.isPanicking(host.now() * NANOS);
        int now = burst ? wanted : Math.min(wanted, function.starting == 0 ? 1 : 0);
        for (int granted = grant(host, function, now); granted > 0; granted--) {
            if (!host.startAhead(function)) {
                giveBack(function, granted);
                return;
            }
        }
    }

    @Override
    void idle(Host host, Instance instance) {
        if (instance.uses == 0) {
            // A spare that has just booted is worth what its function's last use is.
            instance.endClock = ending.clock();
            instance.pageClock = paging.clock();
        }
        look(host, instance);
    }

    /// Where the memory of an idle instance is to be, and when to look again.
    private void look(Host host, Instance instance) {
        long idleNanos = (host.now() - instance.idleSince) * NANOS;
        PagingWindow window = window(host, instance);
        switch (window.decide(idleNanos, instance.paged)) {
            case STAY -> {}
            case PAGE_OUT -> pageOut(host, instance);
            case PAGE_IN -> pageIn(host, instance);
        }
        long next = window.nextChangeNanos(idleNanos);
        if (next != Long.MAX_VALUE) {
            arrange(host, instance, instance.idleSince + Math.ceilDiv(next, NANOS));
        }
    }

    private void pageOut(Host host, Instance instance) {
        if (of(instance.function()).panic.isPanicking(host.now() * NANOS)) {
            arrange(host, instance, host.now() + CALM_MICROS);
        } else {
            host.pageOut(instance);
        }
    }

    private void arrange(Host host, Instance instance, long when) {
        if (when >= instance.lookDue) {
            return;
        }
        instance.lookDue = when;
        host.at(when, () -> {
            if (instance.lookDue != when) {
                return;
            }
            instance.lookDue = Long.MAX_VALUE;
            if (instance.state == Instance.State.IDLE) {
                look(host, instance);
            }
        });
    }

    private PagingWindow window(Host host, Instance instance) {
        HostedFunction function = instance.function();
        if (schedules && function.hasSchedule() && function.latest >= 0) {
            int next = host.workload().following(function.latest);
            long tick = next < 0 ? Long.MAX_VALUE / 4 : host.workload().arrivalMicros(next) - instance.idleSince;
            return PagingWindow.scheduled(tick * (next < 0 ? 1 : NANOS), LEAD_NANOS);
        }
        return of(function).idleTimes.window().orElseOutAfter(UNLEARNT);
    }

    /// Of a function's instances, the one that was used last is brought back; nobody else's memory is taken for it that
    /// is worth more.
    private void pageIn(Host host, Instance instance) {
        HostedFunction function = instance.function();
        if (function.running > 0 || function.idle.getLast() != instance) {
            return;
        }
        long needed = function.bytes() - instance.residentBytes();
        if (host.memory().free() < needed) {
            paging.victimsFor(host, instance, needed, i -> !i.paged).forEach(host::pageOut);
        }
        if (host.memory().free() >= needed) {
            host.pageIn(instance);
        }
    }

    @Override
    void makeRoom(Host host, long bytes) {
        paging.victims(host, bytes, i -> !i.paged).forEach(host::pageOut);
        ending.victims(host, bytes, i -> true).forEach(host::end);
    }
}
