package dev.hearth.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// What `hearth bench load` found, as text and as JSON.
///
/// @param heldBack how many requests waited because too many were outstanding
record LoadReport(
        String function, Circumstances circumstances, List<Stage> stages, List<LoadTally> tallies, int heldBack) {
    private static final double[] PERCENTILES = {0.5, 0.9, 0.99, 0.999};
    private static final long[] THRESHOLD_MILLIS = {1, 10, 100};
    private static final long LATE_NANOS = 10_000_000;

    void print(Terminal terminal) {
        terminal.print(terminal.bold(function));
        circumstances.lines().forEach(line -> terminal.print(terminal.dim(line)));
        terminal.print("");
        var table = new Table(
                "STAGE",
                "N",
                "FAILED",
                "CORRECTED p50",
                "p90",
                "p99",
                "p99.9",
                "MAX",
                "UNCORRECTED p50",
                "p90",
                "p99",
                "p99.9",
                "MAX");
        for (int i = 0; i < stages.size(); i++) {
            table.add(row(stages.get(i), tallies.get(i)));
        }
        table.print(terminal);
        terminal.print("");
        for (int i = 0; i < stages.size(); i++) {
            terminal.print(stages.get(i).readable() + ": " + starts(tallies.get(i)) + failures(tallies.get(i)));
        }
        notes().forEach(line -> terminal.print(terminal.dim(line)));
    }

    private static List<String> row(Stage stage, LoadTally tally) {
        var row = new ArrayList<>(
                List.of(stage.readable(), "%,d".formatted(tally.done()), "%,d".formatted(tally.failed())));
        for (Histogram histogram : List.of(tally.corrected, tally.uncorrected)) {
            for (double share : PERCENTILES) {
                row.add(Millis.text(percentile(histogram, share)));
            }
            row.add(histogram.getTotalCount() == 0 ? "-" : Millis.text(histogram.getMaxValue()));
        }
        return row;
    }

    private String starts(LoadTally tally) {
        if (tally.origins().isEmpty()) {
            return "the server did not say where instances came from";
        }
        String origins = tally.origins().entrySet().stream()
                .map(origin -> "%,d %s".formatted(origin.getValue(), origin.getKey()))
                .collect(Collectors.joining(", "));
        OptionalLong warm = warmDispatch();
        if (warm.isEmpty()) {
            return origins;
        }
        var shares = new ArrayList<String>();
        for (long millis : THRESHOLD_MILLIS) {
            shares.add(">" + millis + " ms "
                    + String.format(Locale.ROOT, "%.2f%%", 100 * visibleShare(tally, warm.getAsLong(), millis)));
        }
        return origins + "; visible cold " + String.join(", ", shares);
    }

    private static String failures(LoadTally tally) {
        return tally.failures().entrySet().stream()
                .map(failure -> "; %,d %s".formatted(failure.getValue(), failure.getKey()))
                .collect(Collectors.joining());
    }

    private List<String> notes() {
        var notes = new ArrayList<String>();
        notes.add("Milliseconds, of successful calls. CORRECTED: from when a request was due, which is what callers"
                + " wait. UNCORRECTED: from when it was sent. Nothing was sent twice.");
        String missing = Percentiles.whyMissing(
                tallies.stream().mapToLong(LoadTally::succeeded).min().orElse(0));
        if (!missing.isEmpty()) {
            notes.add(missing);
        }
        warmDispatch()
                .ifPresent(nanos -> notes.add(
                        "visible cold: until the handler ran, less a warm dispatch (" + Millis.text(nanos) + " ms)"));
        long latest = tallies.stream()
                .mapToLong(tally -> tally.lateness.getMaxValue())
                .max()
                .orElse(0);
        if (latest > LATE_NANOS || heldBack > 0) {
            notes.add("requests were sent up to " + Millis.text(latest) + " ms late, " + heldBack
                    + " because too many were outstanding: the corrected figures have that in them");
        }
        return notes;
    }

    /// The median over all stages, since it takes warm ones to know it.
    private OptionalLong warmDispatch() {
        // Takes the settings of another, not its counts.
        Histogram all = new Histogram(tallies.getFirst().warmDispatch);
        tallies.forEach(tally -> all.add(tally.warmDispatch));
        return all.getTotalCount() == 0 ? OptionalLong.empty() : OptionalLong.of(all.getValueAtPercentile(50));
    }

    private static double visibleShare(LoadTally tally, long warmDispatch, long millis) {
        Histogram all = tally.dispatch;
        long above = all.getTotalCount() - all.getCountBetweenValues(0, warmDispatch + millis * 1_000_000);
        return all.getTotalCount() == 0 ? 0 : (double) above / all.getTotalCount();
    }

    private static OptionalLong percentile(Histogram histogram, double share) {
        return histogram.getTotalCount() < Percentiles.samplesFor(share)
                ? OptionalLong.empty()
                : OptionalLong.of(histogram.getValueAtPercentile(share * 100));
    }

    Json json() {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("function", function);
        fields.put("circumstances", circumstances.json());
        fields.put("warmDispatchMillis", Millis.exactOrNull(warmDispatch()));
        fields.put("heldBack", heldBack);
        var all = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < stages.size(); i++) {
            all.add(json(stages.get(i), tallies.get(i)));
        }
        fields.put("stages", all);
        return new Json(fields);
    }

    private Map<String, Object> json(Stage stage, LoadTally tally) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("fromRate", BigDecimal.valueOf(stage.fromRate()));
        fields.put("toRate", BigDecimal.valueOf(stage.toRate()));
        fields.put("seconds", BigDecimal.valueOf(stage.length().toMillis(), 3));
        fields.put("n", tally.done());
        fields.put("succeeded", tally.succeeded());
        fields.put("failures", tally.failures());
        fields.put("correctedMillis", json(tally.corrected));
        fields.put("uncorrectedMillis", json(tally.uncorrected));
        fields.put("sentLateMillis", json(tally.lateness));
        fields.put("origins", tally.origins());
        warmDispatch().ifPresent(warm -> fields.put("visibleColdShareAbove", shares(tally, warm)));
        return fields;
    }

    private static Map<String, Object> shares(LoadTally tally, long warmDispatch) {
        var shares = new LinkedHashMap<String, Object>();
        for (long millis : THRESHOLD_MILLIS) {
            shares.put(
                    millis + "ms",
                    BigDecimal.valueOf(visibleShare(tally, warmDispatch, millis))
                            .setScale(6, RoundingMode.HALF_UP));
        }
        return shares;
    }

    private static Map<String, @Nullable Object> json(Histogram histogram) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (double share : PERCENTILES) {
            String name =
                    "p" + BigDecimal.valueOf(share * 100).stripTrailingZeros().toPlainString();
            fields.put(name, Millis.exactOrNull(percentile(histogram, share)));
        }
        fields.put("max", histogram.getTotalCount() == 0 ? null : Millis.exact(histogram.getMaxValue()));
        return fields;
    }
}
