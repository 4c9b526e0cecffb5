package dev.hearth.sandbox;

/// CPU shares as the kernel's bandwidth control wants them: so many microseconds of CPU in each period.
final class CpuQuota {
    /// AWS's period is 20 ms. With the kernel's default of 100 ms a function with a small share that has used it up
    /// stands still for up to 90 ms.
    static final int PERIOD_MICROS = 20_000;

    /// The kernel refuses less.
    private static final long SMALLEST_MICROS = 1_000;

    private CpuQuota() {}

    static long micros(double cpus) {
        return Math.max(SMALLEST_MICROS, Math.round(cpus * PERIOD_MICROS));
    }
}
