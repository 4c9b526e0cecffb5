package dev.hearth.simulation;

import dev.hearth.scheduler.Boots;

/// What has to hold after every event, whatever the policy.
final class Invariants {
    private static final int EVENTS_PER_CENSUS = 50_021;

    private long arrived;
    private long began;
    private long ended;
    private long events;

    void arrived() {
        arrived++;
    }

    void began() {
        began++;
    }

    void ended() {
        ended++;
    }

    /// Whether an invocation waits or runs.
    boolean isBusy() {
        return ended < arrived;
    }

    /// After every event; what takes a walk over all functions, after some.
    void check(Host host) {
        require(ended <= began && began <= arrived, host, "an invocation began twice, or ended without having begun");
        require(host.memory().resident() <= host.memory().cap(), host, "instances hold more memory than there is");
        require(host.memory().resident() >= 0, host, "memory was given back twice");
        BootQueue boots = host.boots();
        require(boots.booting() <= Boots.inAll(BootQueue.CORES), host, "more instances boot than may");
        require(boots.background() <= Boots.background(BootQueue.CORES), host, "more boot in the background than may");
        if (events++ % EVENTS_PER_CENSUS == 0) {
            census(host);
        }
    }

    /// Before time moves to the next event.
    void checkProgress(Host host, long next) {
        require(next != Long.MAX_VALUE, host, "an invocation waits and nothing will ever happen again");
        require(next >= host.now(), host, "time went back");
    }

    private void census(Host host) {
        long waiting =
                host.functions().stream().mapToLong(f -> f.waiters.size()).sum();
        long running = host.functions().stream().mapToLong(f -> f.running).sum();
        require(arrived == ended + running + waiting, host, "an invocation was lost");
        require(began - ended == running, host, "a permit was not given back");
    }

    /// When the last invocation has ended.
    void checkEnd(Host host, int invocations) {
        census(host);
        require(ended == invocations, host, "an invocation has no end");
        require(host.tally().served() == invocations, host, "an invocation was not counted");
        require(host.functions().stream().allMatch(f -> f.running == 0), host, "a permit was not given back");
    }

    private static void require(boolean holds, Host host, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise + ", " + host.now() + " us into the run");
        }
    }
}
