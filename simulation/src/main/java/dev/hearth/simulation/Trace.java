package dev.hearth.simulation;

import java.util.List;

/// Recorded arrivals.
///
/// @param name      of the sample
/// @param functions what was called
record Trace(String name, List<Function> functions) {
    Trace {
        functions = List.copyOf(functions);
    }

    /// One function.
    ///
    /// @param id              its hash in the trace
    /// @param timer           whether a schedule triggers it
    /// @param memoryMib       what its app allocates on average
    /// @param durationsMillis its execution time: percentiles 0, 1, 25, 50, 75, 99 and 100
    /// @param perMinute       invocations in each minute
    @SuppressWarnings("ArrayRecordComponent") // read only, and a list of 480 boxed numbers for each is wasteful
    record Function(String id, boolean timer, double memoryMib, double[] durationsMillis, int[] perMinute) {}

    int minutes() {
        return functions.isEmpty() ? 0 : functions.getFirst().perMinute().length;
    }
}
