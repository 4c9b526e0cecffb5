package dev.hearth.simulation;

/// Never unloads but for want of memory, and then by Greedy-Dual: what the rule alone is worth.
final class KeepByValue extends KeepAlive {
    private final GreedyDualEviction ending = new GreedyDualEviction(
            i -> i.endClock, i -> i.function().runtime().bootMicros() / 1e3, Instance::residentBytes);

    KeepByValue() {
        super("never unload, Greedy-Dual", FOREVER);
    }

    @Override
    void dispatched(Host host, Instance instance) {
        instance.endClock = ending.clock();
    }

    @Override
    void makeRoom(Host host, long bytes) {
        ending.victims(host, bytes, i -> true).forEach(host::end);
    }
}
