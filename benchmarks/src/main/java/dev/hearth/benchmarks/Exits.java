package dev.hearth.benchmarks;

/// What is to be done should the benchmark be ended from outside.
final class Exits {
    private Exits() {}

    /// Undoes a registration; while the virtual machine ends it is too late, and the thread runs.
    static void forget(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            // The thread does the same as who calls this, and doing it twice is harmless.
        }
    }
}
