package dev.hearth.simulation;

/// What tells a platform how many instances a function should have. State of its own is for one run.
abstract class ScalingSignal {
    static final long SECOND_MICROS = 1_000_000;

    private final String name;
    private final long intervalMicros;

    /// @param intervalMicros how often it looks
    ScalingSignal(String name, long intervalMicros) {
        this.name = name;
        this.intervalMicros = intervalMicros;
    }

    /// What can be seen of a function.
    ///
    /// @param nowMicros     the time
    /// @param busy          instances that serve
    /// @param waiting       callers that found none
    /// @param live          instances that serve or could
    /// @param starting      instances on their way
    /// @param serviceMicros how long one call takes an instance, on average
    /// @param arrivals      calls since the last look
    /// @param averageBusy   over the time since the last look
    /// @param averageDemand busy and waiting, over the time since the last look
    record Seen(
            long nowMicros,
            int busy,
            int waiting,
            int live,
            int starting,
            long serviceMicros,
            int arrivals,
            double averageBusy,
            double averageDemand) {
        int instances() {
            return live + starting;
        }
    }

    String name() {
        return name;
    }

    long intervalMicros() {
        return intervalMicros;
    }

    /// How many there are before the first call.
    int initially() {
        return 3;
    }

    /// How many there should be, at each look.
    abstract int desired(Seen seen);

    /// How many to start at once because of the call that has just come.
    int startNow(Seen seen) {
        return 0;
    }

    /// Whether an instance is still to boot, now that its turn has come.
    boolean stillNeeded(Seen seen) {
        return true;
    }

    /// Whether what is idle and beyond what is desired ends; otherwise it stays, in swap after a while.
    boolean ends() {
        return true;
    }
}
