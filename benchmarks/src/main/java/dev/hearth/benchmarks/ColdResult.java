package dev.hearth.benchmarks;

import dev.hearth.benchmarks.ColdCycles.Rung;
import dev.hearth.benchmarks.ColdCycles.Taken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was found of one function.
record ColdResult(BenchmarkFunction function, Map<Rung, Taken> taken) {
    private static final double THAW_P50_MILLIS = 1;
    private static final double THAW_P99_MILLIS = 5;
    private static final double THAW_SHARE_OF_BOOT = 1 / 50.0;
    private static final double PAGEIN_SHARE_OF_BOOT = 1 / 3.0;

    /// The median of what warm invocations take until the handler runs.
    long warmDispatchNanos() {
        long[] sorted = starts(Rung.WARM).stream()
                .mapToLong(Start::dispatchNanos)
                .sorted()
                .toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    Waits visibleCold(Rung rung) {
        long warm = warmDispatchNanos();
        return Waits.of(starts(rung).stream().mapToLong(start -> start.visibleColdNanos(warm)));
    }

    /// What the caller's own clock says of the whole call.
    Waits callerSaw(Rung rung) {
        return Waits.of(starts(rung).stream().mapToLong(Start::callerNanos));
    }

    double shareOfBoot(Rung rung) {
        return visibleCold(rung).p50() / visibleCold(Rung.BOOT).p50();
    }

    Taken taken(Rung rung) {
        return taken.getOrDefault(rung, new Taken());
    }

    private List<Start> starts(Rung rung) {
        return taken(rung).starts();
    }

    boolean has(Rung rung) {
        return !starts(rung).isEmpty();
    }

    /// What was promised of it, and whether it holds; where there are no samples it does not.
    Map<String, Boolean> promises() {
        Waits thaw = visibleCold(Rung.THAW);
        Map<String, Boolean> promises = new LinkedHashMap<>();
        promises.put("thaw p50 ≤ 1 ms", thaw.p50() <= THAW_P50_MILLIS);
        Double p99 = thaw.p99();
        if (p99 != null) {
            promises.put("thaw p99 ≤ 5 ms", p99 <= THAW_P99_MILLIS);
        }
        promises.put("thaw ≤ 1/50 boot", shareOfBoot(Rung.THAW) <= THAW_SHARE_OF_BOOT);
        promises.put("pagein ≤ 1/3 boot", shareOfBoot(Rung.PAGEIN) <= PAGEIN_SHARE_OF_BOOT);
        return promises;
    }
}
