package dev.hearth.simulation;

import java.util.ArrayList;
import java.util.List;

/// Small traces made by hand.
final class Traces {
    static final double MIB = 1_024;

    private Traces() {}

    /// A trace of functions whose calls take a millisecond and whose instances take a GiB.
    static Trace of(int[]... perMinute) {
        List<Trace.Function> functions = new ArrayList<>();
        for (int[] counts : perMinute) {
            functions.add(function("f" + functions.size(), 1, counts));
        }
        return new Trace("made by hand", functions);
    }

    static Trace.Function function(String id, double millis, int... perMinute) {
        return new Trace.Function(
                id, false, MIB, new double[] {millis, millis, millis, millis, millis, millis, millis}, perMinute);
    }

    /// One call each so many minutes.
    static int[] every(int minutes, int count) {
        int[] perMinute = new int[minutes * count];
        for (int i = 0; i < count; i++) {
            perMinute[i * minutes] = 1;
        }
        return perMinute;
    }
}
