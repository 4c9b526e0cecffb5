package dev.hearth.simulation;

/// What a platform decides about instances. Called by [Host] only; state of its own is for one run.
abstract class Policy {
    private final String name;

    Policy(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /// Before the first invocation.
    void begin(Host host) {}

    /// Whether instances are frozen that idle for a moment.
    boolean freezes() {
        return false;
    }

    /// A function is called; it has been idle for so long.
    void called(Host host, HostedFunction function, long idleMicros) {}

    /// Callers of a function wait, or may start what they could not before.
    abstract void demand(Host host, HostedFunction function);

    /// Whether an instance that somebody waited for is still to boot, now that its turn has come.
    boolean stillNeeded(Host host, HostedFunction function) {
        return true;
    }

    /// A caller got an instance.
    void dispatched(Host host, Instance instance) {}

    /// An instance is idle now.
    void idle(Host host, Instance instance) {}

    /// Somebody waits and there is no memory: free so much of it, as far as that is possible.
    void makeRoom(Host host, long bytes) {
        while (host.memory().free() < bytes && !host.leastRecentlyUsedFirst().isEmpty()) {
            host.end(host.leastRecentlyUsedFirst().iterator().next());
        }
    }
}
