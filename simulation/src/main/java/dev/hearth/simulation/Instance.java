package dev.hearth.simulation;

/// A simulated instance. Changed by [Host] alone, but for what belongs to its policy.
final class Instance {
    /// Where it is in its life.
    enum State {
        STARTING,
        IDLE,
        BUSY,
        CLOSED
    }

    private final HostedFunction function;
    private final boolean awaited;
    State state = State.STARTING;
    boolean paged;
    int uses;
    long idleSince;

    /// Policy: the clocks of Greedy-Dual at its last use.
    double endClock;

    double pageClock;
    /// Policy: when it ends if nobody calls.
    long expires;
    /// Policy: for when a look at it is arranged; what is arranged and later is ignored.
    long lookDue = Long.MAX_VALUE;

    Instance(HostedFunction function, boolean awaited) {
        this.function = function;
        this.awaited = awaited;
    }

    HostedFunction function() {
        return function;
    }

    /// Whether it was started for a caller.
    boolean awaited() {
        return awaited;
    }

    /// What it holds of the memory.
    long residentBytes() {
        return switch (state) {
            case CLOSED -> 0;
            case IDLE -> paged ? function.pagedOutBytes() : function.bytes();
            case STARTING, BUSY -> function.bytes();
        };
    }

    /// What of it is in swap.
    long swappedBytes() {
        return state == State.IDLE && paged ? function.bytes() - function.pagedOutBytes() : 0;
    }
}
