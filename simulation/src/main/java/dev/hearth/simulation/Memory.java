package dev.hearth.simulation;

/// What instances hold of the host's memory, and for how long.
final class Memory {
    private static final double BYTES_PER_GIB = 1024.0 * 1024 * 1024;
    private static final double MICROS_PER_HOUR = 3_600e6;

    private final long cap;
    private final long until;
    private long last;
    private long resident;
    private long idle;
    private long swapped;
    private long peak;
    private double idleIntegral;
    private double residentIntegral;
    private double swappedIntegral;

    /// @param cap   bytes there are
    /// @param until when accounting ends
    Memory(long cap, long until) {
        this.cap = cap;
        this.until = until;
    }

    long cap() {
        return cap;
    }

    long free() {
        return cap - resident;
    }

    long resident() {
        return resident;
    }

    /// Time passes.
    void advance(long now) {
        double elapsed = Math.max(0, Math.min(now, until) - last);
        idleIntegral += idle * elapsed;
        residentIntegral += resident * elapsed;
        swappedIntegral += swapped * elapsed;
        last = Math.max(last, now);
    }

    /// An instance is about to change.
    void without(Instance instance) {
        count(instance, -1);
    }

    /// It has changed.
    void with(Instance instance) {
        count(instance, 1);
        peak = Math.max(peak, resident);
    }

    private void count(Instance instance, int sign) {
        resident += sign * instance.residentBytes();
        swapped += sign * instance.swappedBytes();
        if (instance.state == Instance.State.IDLE) {
            idle += sign * instance.residentBytes();
        }
    }

    /// GiB·h in which memory was held by instances that served nobody.
    double idleGibHours() {
        return idleIntegral / BYTES_PER_GIB / MICROS_PER_HOUR;
    }

    double residentGibHours() {
        return residentIntegral / BYTES_PER_GIB / MICROS_PER_HOUR;
    }

    double swappedGibHours() {
        return swappedIntegral / BYTES_PER_GIB / MICROS_PER_HOUR;
    }

    double peakGib() {
        return peak / BYTES_PER_GIB;
    }
}
