package dev.hearth.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Forces the origins of one function in turn, so that what else the machine does hits all alike, and keeps each
/// sample that had the origin it was to have. Used by one thread.
final class ColdCycles {
    /// After so many attempts without a sample an origin counts as not to be had.
    private static final int ATTEMPTS = 5;

    /// A rung of the start ladder.
    enum Rung {
        WARM,
        THAW,
        PAGEIN,
        FORK,
        STEM,
        BOOT;

        String origin() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /// Starts that take long are made less often.
        boolean isSlow() {
            return this != WARM && this != THAW;
        }
    }

    /// What was found of one rung.
    ///
    /// @param discarded how often it was another origin, by that one
    record Taken(List<Start> starts, Map<String, Integer> discarded) {
        Taken() {
            this(new ArrayList<>(), new TreeMap<>());
        }

        int discardedCount() {
            return discarded.values().stream().mapToInt(Integer::intValue).sum();
        }

        private boolean isHopeless() {
            return starts.isEmpty() && discardedCount() >= ATTEMPTS;
        }
    }

    private final LambdaApi server;
    private final BenchmarkFunction function;
    private final String forking;
    private final Map<Rung, Taken> taken = new EnumMap<>(Rung.class);
    private long number;

    /// @param forking the name under which the function is deployed so that its instances are forked
    ColdCycles(LambdaApi server, BenchmarkFunction function, String forking) {
        this.server = server;
        this.function = function;
        this.forking = forking;
    }

    /// @param samples of the quick origins
    /// @param boots   of the others, spread evenly over the time
    Map<Rung, Taken> run(int samples, int boots) throws IOException, InterruptedException {
        for (int cycle = 0; cycle < samples; cycle++) {
            boolean slow = (long) (cycle + 1) * boots / samples > (long) cycle * boots / samples;
            for (Rung rung : Rung.values()) {
                if ((slow || !rung.isSlow()) && !of(rung).isHopeless()) {
                    take(rung);
                }
            }
        }
        return taken;
    }

    private Start call(String name) throws IOException, InterruptedException {
        Start start = server.invoke(name, function.event(++number)).start();
        server.awaitCalm();
        return start;
    }

    private Taken of(Rung rung) {
        return taken.computeIfAbsent(rung, _ -> new Taken());
    }

    private void take(Rung rung) throws IOException, InterruptedException {
        Taken mine = of(rung);
        String name = rung == Rung.FORK ? forking : function.name();
        String arranged = server.arrange(name, rung.origin());
        if (!arranged.equals(rung.origin())) {
            mine.discarded().merge(arranged, 1, Integer::sum);
            return;
        }
        if (rung == Rung.WARM) {
            // What is arranged to be warm may have been thawed or started for that: its next call is a warm one.
            call(name);
        }
        Start start = call(name);
        if (start.origin().equals(rung.origin())) {
            mine.starts().add(start);
        } else {
            mine.discarded().merge(start.origin(), 1, Integer::sum);
        }
    }
}
