package dev.hearth.cli;

import dev.hearth.cli.Phases.Phase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.StringJoiner;

/// What `hearth bench cold` found, as text and as JSON.
///
/// @param function          the function's configuration
/// @param warm              invocations that found an idle instance: what a start is compared with
/// @param origins           the others
record ColdReport(Json function, Circumstances circumstances, ColdSamples warm, List<ColdSamples> origins) {
    private static final int BAR_WIDTH = 40;
    private static final Map<String, Long> THRESHOLDS = thresholds();

    private long warmDispatchNanos() {
        return warm.dispatch().median();
    }

    void print(Terminal terminal) {
        terminal.print(terminal.bold(function.textOrEmpty("FunctionName")) + "  " + function.textOrEmpty("Runtime")
                + ", " + function.textOrEmpty("MemorySize") + " MB");
        circumstances.lines().forEach(line -> terminal.print(terminal.dim(line)));
        terminal.print("");
        table().print(terminal);
        terminal.print("");
        notes().forEach(line -> terminal.print(terminal.dim(line)));
        all().stream()
                .filter(origin -> !origin.samples().isEmpty())
                .forEach(origin -> printWaterfall(terminal, origin));
    }

    private List<ColdSamples> all() {
        var all = new ArrayList<ColdSamples>();
        all.add(warm);
        all.addAll(origins);
        return all;
    }

    private Table table() {
        var table = new Table(
                "ORIGIN",
                "N",
                "VISIBLE p50",
                "p90",
                "p99",
                "p99.9",
                "MAX",
                ">1 ms",
                ">10 ms",
                ">100 ms",
                "RESPONSE p50",
                "p90",
                "p99",
                "DISCARDED");
        all().forEach(origin -> table.add(row(origin)));
        return table;
    }

    private List<String> row(ColdSamples origin) {
        if (origin.samples().isEmpty()) {
            return List.of(origin.origin(), "0", origin.unavailable());
        }
        Percentiles visible = origin.visibleCold(warmDispatchNanos());
        Percentiles response = origin.firstResponse();
        var row = new ArrayList<String>(List.of(origin.origin(), Integer.toString(visible.count())));
        row.addAll(List.of(
                Millis.text(visible.at(0.5)),
                Millis.text(visible.at(0.9)),
                Millis.text(visible.at(0.99)),
                Millis.text(visible.at(0.999)),
                Millis.text(visible.max())));
        THRESHOLDS.values().forEach(nanos -> row.add(percent(visible.shareAbove(nanos))));
        row.addAll(
                List.of(Millis.text(response.at(0.5)), Millis.text(response.at(0.9)), Millis.text(response.at(0.99))));
        row.add(discarded(origin));
        return row;
    }

    private static String discarded(ColdSamples origin) {
        var text = new StringJoiner(", ");
        origin.discarded().forEach((other, count) -> text.add(count + " were " + other));
        return text.length() == 0 ? "0" : text.toString();
    }

    private List<String> notes() {
        var notes = new ArrayList<String>();
        notes.add("Milliseconds. VISIBLE: from the request until the handler ran, less a warm dispatch ("
                + Millis.text(warmDispatchNanos()) + " ms, the median of "
                + warm.samples().size()
                + "). RESPONSE: start, init and first run.");
        String missing = Percentiles.whyMissing(fewestSamples().orElse(0));
        if (!missing.isEmpty()) {
            notes.add(missing + " (--samples)");
        }
        return notes;
    }

    private OptionalInt fewestSamples() {
        return all().stream()
                .mapToInt(origin -> origin.samples().size())
                .filter(count -> count > 0)
                .min();
    }

    private static void printWaterfall(Terminal terminal, ColdSamples origin) {
        List<Phase> phases = Phases.typical(origin.reports());
        long whole = phases.isEmpty()
                ? 0
                : phases.getLast().startNanos() + phases.getLast().nanos();
        terminal.print("");
        terminal.print(terminal.bold(origin.origin()) + "  " + Millis.text(whole) + " ms");
        for (Phase phase : phases) {
            String bar = terminal.outIsTerminal() && whole > 0
                    ? "  " + Bars.of((double) phase.startNanos() / whole, (double) phase.nanos() / whole, BAR_WIDTH)
                    : "";
            terminal.print("  %-10s %8s%s".formatted(phase.name(), Millis.text(phase.nanos()), bar));
        }
    }

    Json json() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("function", function.textOrEmpty("FunctionName"));
        fields.put("runtime", function.textOrEmpty("Runtime"));
        fields.put("memoryMb", function.number("MemorySize").orElse(0L));
        fields.put("circumstances", circumstances.json());
        fields.put("warmDispatchMillis", Millis.exact(warmDispatchNanos()));
        fields.put("origins", all().stream().map(this::json).toList());
        return new Json(fields);
    }

    private Map<String, Object> json(ColdSamples origin) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("origin", origin.origin());
        fields.put("n", origin.samples().size());
        fields.put("discarded", origin.discarded());
        if (origin.samples().isEmpty()) {
            fields.put("unavailable", origin.unavailable());
            return fields;
        }
        Percentiles visible = origin.visibleCold(warmDispatchNanos());
        var above = new LinkedHashMap<String, Object>();
        THRESHOLDS.forEach((name, nanos) ->
                above.put(name, BigDecimal.valueOf(visible.shareAbove(nanos)).setScale(4, RoundingMode.HALF_UP)));
        fields.put("causes", origin.causes());
        fields.put("visibleColdMillis", visible.json());
        fields.put("visibleColdShareAbove", above);
        fields.put("firstResponseMillis", origin.firstResponse().json());
        fields.put("callerMillis", origin.asCallerSaw().json());
        fields.put(
                "phases",
                Phases.typical(origin.reports()).stream().map(Phase::json).toList());
        return fields;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f%%", share * 100);
    }

    private static Map<String, Long> thresholds() {
        var thresholds = new LinkedHashMap<String, Long>();
        thresholds.put("1ms", 1_000_000L);
        thresholds.put("10ms", 10_000_000L);
        thresholds.put("100ms", 100_000_000L);
        return thresholds;
    }
}
