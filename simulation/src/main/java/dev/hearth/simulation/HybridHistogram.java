package dev.hearth.simulation;

import java.util.Arrays;

/// The hybrid histogram policy of Shahrad et al. (USENIX ATC 2020), for each function: idle times in 240 one-minute
/// bins; unload after a call and load again shortly before the 5th percentile, keep until shortly after the 99th;
/// four hours where the histogram says nothing. Its forecast for idle times beyond four hours is left out: the traces
/// have eight.
final class HybridHistogram extends KeepAlive {
    private static final int BINS = 240;
    private static final long BIN_MICROS = 60_000_000;
    private static final double HEAD = 0.05;
    private static final double TAIL = 0.99;
    private static final double EARLY = 0.9;
    private static final double LATE = 1.1;

    /// Below this coefficient of variation of the bins' counts the histogram is flat and says nothing.
    private static final double TELLING = 2;

    private Histogram[] histograms = new Histogram[0];

    /// @param preloadMicros after which idle time to load it; 0 when it is not unloaded
    /// @param keepMicros    until which idle time to keep it
    private record Window(long preloadMicros, long keepMicros) {}

    HybridHistogram() {
        super("hybrid histogram", FOREVER);
    }

    @Override
    void begin(Host host) {
        histograms = new Histogram[host.functions().size()];
        Arrays.setAll(histograms, i -> new Histogram());
    }

    @Override
    void called(Host host, HostedFunction function, long idleMicros) {
        if (function.calls > 0 && function.running == 0) {
            histograms[function.index()].record(idleMicros);
        }
    }

    @Override
    void idle(Host host, Instance instance) {
        HostedFunction function = instance.function();
        Window window = histograms[function.index()].window();
        if (instance.uses == 0) {
            expire(host, instance, function.idleSince + window.keepMicros());
        } else if (window.preloadMicros() == 0 || function.running > 0) {
            expire(host, instance, host.now() + window.keepMicros());
        } else {
            host.end(instance);
            preload(host, function, function.idleSince + window.preloadMicros());
        }
    }

    private static void preload(Host host, HostedFunction function, long when) {
        int calls = function.calls;
        host.at(when, () -> {
            if (function.calls == calls && function.instances() == 0) {
                boolean _ = host.startAhead(function);
            }
        });
    }

    private static final class Histogram {
        private final int[] bins = new int[BINS];
        private int counted;
        private int beyond;
        /// Sum of the squares of the counts.
        private double squares;

        void record(long idleMicros) {
            int bin = (int) Math.min(BINS, idleMicros / BIN_MICROS);
            if (bin == BINS) {
                beyond++;
                return;
            }
            squares += 2.0 * bins[bin]++ + 1;
            counted++;
        }

        Window window() {
            if (counted == 0 || beyond > counted || variation() < TELLING) {
                return new Window(0, BINS * BIN_MICROS);
            }
            long head = percentile(HEAD) * BIN_MICROS;
            long tail = (percentile(TAIL) + 1) * BIN_MICROS;
            return new Window((long) (head * EARLY), (long) (tail * LATE));
        }

        private double variation() {
            double mean = (double) counted / BINS;
            return Math.sqrt(Math.max(0, squares / BINS - mean * mean)) / mean;
        }

        private long percentile(double share) {
            long below = 0;
            for (int i = 0; i < BINS; i++) {
                below += bins[i];
                if (below >= share * counted) {
                    return i;
                }
            }
            return BINS - 1;
        }
    }
}
