package dev.hearth.simulation;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Every invocation of a trace under an arrival model, in the order of arrival; the same for each policy.
final class Workload {
    static final long MINUTE_MICROS = 60_000_000;
    private static final double[] RANKS = {0, 0.01, 0.25, 0.5, 0.75, 0.99, 1};

    private final Trace trace;
    private final int[] functions;
    private final long[] arrivals;
    private final int[] durations;
    private final int[] following;

    private Workload(Trace trace, int size) {
        this.trace = trace;
        this.functions = new int[size];
        this.arrivals = new long[size];
        this.durations = new int[size];
        this.following = new int[size];
    }

    /// Draws the moments of arrival and the execution times.
    static Workload of(Trace trace, ArrivalModel model, long seed) {
        int size = trace.functions().stream()
                .mapToInt(f -> Arrays.stream(f.perMinute()).sum())
                .sum();
        Workload workload = new Workload(trace, size);
        workload.draw(model, new SplittableRandom(seed));
        workload.link();
        return workload;
    }

    private void draw(ArrivalModel model, SplittableRandom random) {
        int count = trace.functions().size();
        int[] phases = random.ints(count, 0, (int) MINUTE_MICROS - model.spanMicros() + 1)
                .toArray();
        int next = 0;
        for (int minute = 0; minute < trace.minutes(); minute++) {
            int first = next;
            for (int f = 0; f < count; f++) {
                for (int i = trace.functions().get(f).perMinute()[minute]; i > 0; i--) {
                    // Packed, so that sorting takes no objects: the moment above, the function below.
                    arrivals[next++] = (long) (phases[f] + random.nextInt(model.spanMicros())) << Integer.SIZE | f;
                }
            }
            Arrays.sort(arrivals, first, next);
            for (int i = first; i < next; i++) {
                functions[i] = (int) arrivals[i];
                arrivals[i] = minute * MINUTE_MICROS + (arrivals[i] >>> Integer.SIZE);
                durations[i] = duration(trace.functions().get(functions[i]), random.nextDouble());
            }
        }
    }

    /// Between the percentiles that the trace tells, execution times are taken to be evenly spread.
    private static int duration(Trace.Function function, double rank) {
        double[] known = function.durationsMillis();
        int above = 1;
        while (RANKS[above] < rank) {
            above++;
        }
        double share = (rank - RANKS[above - 1]) / (RANKS[above] - RANKS[above - 1]);
        double millis = known[above - 1] + share * (known[above] - known[above - 1]);
        // The trace counts in whole milliseconds: what it calls 0 took something.
        return (int) Math.max(500, millis * 1_000);
    }

    private void link() {
        int[] latest = new int[trace.functions().size()];
        Arrays.fill(latest, -1);
        for (int i = size() - 1; i >= 0; i--) {
            following[i] = latest[functions[i]];
            latest[functions[i]] = i;
        }
    }

    Trace trace() {
        return trace;
    }

    int size() {
        return arrivals.length;
    }

    /// The index of the function that an invocation calls.
    int function(int invocation) {
        return functions[invocation];
    }

    long arrivalMicros(int invocation) {
        return arrivals[invocation];
    }

    int durationMicros(int invocation) {
        return durations[invocation];
    }

    /// The next invocation of the same function, or -1: what a declared schedule would tell.
    int following(int invocation) {
        return following[invocation];
    }

    /// Until when memory is accounted.
    long endMicros() {
        return trace.minutes() * MINUTE_MICROS;
    }
}
