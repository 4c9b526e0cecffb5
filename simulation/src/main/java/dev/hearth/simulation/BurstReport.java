package dev.hearth.simulation;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// What each scaling signal does with a burst.
final class BurstReport {
    private static final double DOLLARS_PER_GIB_SECOND = 0.0000166667;

    private BurstReport() {}

    /// The whole report; the same text each time.
    static String of() {
        TextTable table = new TextTable(
                "signal",
                "first new ms",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "max ms",
                ">10 ms %",
                ">1 s %",
                "peak instances",
                "memory GiB s",
                "cost $");
        for (Supplier<ScalingSignal> signal : ScalingSignals.all()) {
            ScalingSignal fresh = signal.get();
            BurstRun run = new BurstRun(fresh, KeepAliveReport.SEED);
            run.run();
            table.row(row(fresh.name(), run));
        }
        return assumptions() + table;
    }

    private static String assumptions() {
        return """
                Scaling signals under a burst

                Assumptions (seed %d):
                - one function; Poisson arrivals of %d/s for a minute, %,d/s for five minutes, %d/s for three minutes
                - a call takes an instance %d to %d ms, evenly spread: the burst keeps 150 busy
                - an instance holds %d MiB; %s
                - at most %d boots at once; no more than 1,000 new instances in 10 s; who finds none idle waits in line
                - forecasts look once a second, one second ahead, and keep the most they asked for in a minute

                first new: from the beginning of the burst until an instance is ready that was not there before.
                p50 to max: how long calls waited. memory: resident, over the whole time. cost: that at AWS's price.

                """.formatted(
                        KeepAliveReport.SEED,
                        BurstRun.BASE_PER_SECOND,
                        BurstRun.PEAK_PER_SECOND,
                        BurstRun.BASE_PER_SECOND,
                        BurstRun.SERVICE_FROM / 1_000,
                        BurstRun.SERVICE_TO / 1_000,
                        BurstRun.MIB,
                        BurstRun.RUNTIME.assumption().replaceFirst("^\\S+ ", ""),
                        BootQueue.CORES);
    }

    private static List<String> row(String name, BurstRun run) {
        Tally tally = run.tally();
        return List.of(
                name,
                run.firstNewMillis() < 0 ? "-" : decimal(0, run.firstNewMillis()),
                decimal(1, tally.waitMillis(0.5)),
                decimal(1, tally.waitMillis(0.99)),
                decimal(1, tally.waitMillis(0.999)),
                decimal(0, tally.longestMillis()),
                decimal(3, tally.percentAbove(10)),
                decimal(3, tally.percentAbove(1_000)),
                Integer.toString(run.peak()),
                decimal(0, run.residentGibSeconds()),
                decimal(4, run.residentGibSeconds() * DOLLARS_PER_GIB_SECOND));
    }

    private static String decimal(int digits, double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
