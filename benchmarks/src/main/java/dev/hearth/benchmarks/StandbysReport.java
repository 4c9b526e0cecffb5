package dev.hearth.benchmarks;

import dev.hearth.benchmarks.ColdCycles.Rung;
import dev.hearth.benchmarks.Standbys.Idle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Memory, idle CPU and first calls of many paged-out standbys, and whether the promises hold.
///
/// @param calls    the first calls, by the function's kind
/// @param compared warm calls and boots of each kind in the same run
record StandbysReport(
        Options options,
        Machine machine,
        int count,
        double deploySeconds,
        Idle idle,
        Map<BenchmarkFunction, List<Start>> calls,
        List<ColdResult> compared) {
    private static final double PROMISED_MEGABYTES = 4_000;
    private static final double PROMISED_CORE_PERCENT = 1;
    private static final double PROMISED_SHARE_OF_BOOT = 1 / 3.0;

    /// The first calls of one kind of function.
    ///
    /// @param origins    how many there were of each
    /// @param limit      what page-in may take: a third of the boot, milliseconds
    /// @param late       how many paged-out standbys took longer
    record Row(String label, Map<String, Integer> origins, Waits pagein, double bootMillis, double limit, long late) {}

    void publish() throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("functions", count);
        json.put("mix", Mix.TEXT);
        json.put("deploySeconds", deploySeconds);
        json.put("idle", idle);
        json.put("totalMegabytes", idle.totalMegabytes());
        json.put("firstCalls", rows());
        Results.publish(options, "standbys", machine, markdown(), json);
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (ColdResult result : compared) {
            List<Start> starts = calls.getOrDefault(result.function(), List.of());
            Map<String, Integer> origins = new TreeMap<>();
            starts.forEach(start -> origins.merge(start.origin(), 1, Integer::sum));
            double boot = result.visibleCold(Rung.BOOT).p50();
            double limit = boot * PROMISED_SHARE_OF_BOOT;
            long[] pagein = starts.stream()
                    .filter(start -> start.origin().equals("pagein"))
                    .mapToLong(start -> start.visibleColdNanos(result.warmDispatchNanos()))
                    .toArray();
            long late =
                    Arrays.stream(pagein).filter(nanos -> nanos / 1e6 > limit).count();
            rows.add(new Row(result.function().label(), origins, Waits.of(Arrays.stream(pagein)), boot, limit, late));
        }
        return rows;
    }

    private String markdown() {
        var text = new StringBuilder("## %d functions, standbys paged out%n%n%s; %s; deployed in %.0f s.%n%n"
                .formatted(count, machine.line(), Mix.TEXT, deploySeconds));
        text.append("| what | resident (PSS), MB | in swap, MB | processes |\n|---|--:|--:|--:|\n")
                .append(row("server", idle.server()))
                .append(row("sandboxes", idle.sandboxes()))
                .append(row("together", idle.server().plus(idle.sandboxes())))
                .append("\n| first call of a standby | origins | visible cold p50, ms | p90 | p99 | max |"
                        + " its boot, ms | a third | later than that |\n|---|---|--:|--:|--:|--:|--:|--:|--:|\n");
        rows().forEach(row -> text.append("| %s | %s | %s | %.1f | %.1f | %d |%n"
                .formatted(
                        row.label(), row.origins(), row.pagein().cells(), row.bootMillis(), row.limit(), row.late())));
        return text.append("\n").append(verdicts()).toString();
    }

    private static String row(String what, ProcessTree.Memory memory) {
        return "| %s | %.0f | %.0f | %d |%n"
                .formatted(what, memory.proportional() / 1e6, memory.swapped() / 1e6, memory.processes());
    }

    private String verdicts() {
        long late = rows().stream().mapToLong(Row::late).sum();
        long paged = rows().stream().mapToLong(row -> row.pagein().n()).sum();
        long called = calls.values().stream().mapToLong(List::size).sum();
        return Results.verdict("Resident memory of everything", idle.totalMegabytes(), "MB", PROMISED_MEGABYTES)
                + "- For one standby: %.1f MB resident, %.1f MB in swap; the sandboxes' cgroups are charged %.0f MB.%n"
                        .formatted(
                                idle.sandboxes().proportional() / 1e6 / count,
                                idle.sandboxes().swapped() / 1e6 / count,
                                idle.cgroupBytes() / 1e6)
                + Results.verdict(
                        "CPU over %.0f idle seconds".formatted(idle.seconds()),
                        idle.cpuShare() * 100,
                        "% of a core",
                        PROMISED_CORE_PERCENT)
                + "- Paged-out standbys that took more than a third of their boot: %d of %d: %s.%n"
                        .formatted(late, paged, Results.word(paged > 0 && late == 0))
                + "- Calls that did not find a paged-out standby: %d of %d (discarded).%n"
                        .formatted(called - paged, called);
    }
}
