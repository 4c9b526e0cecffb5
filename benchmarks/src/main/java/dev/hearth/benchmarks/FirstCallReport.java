package dev.hearth.benchmarks;

import dev.hearth.benchmarks.FirstCallTally.Row;
import dev.hearth.benchmarks.FirstCallTally.When;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Hearth's first calls beside those of others.
///
/// @param idle how long all idled
record FirstCallReport(
        Options options,
        Machine machine,
        Duration idle,
        List<Target> targets,
        Map<String, String> unavailable,
        FirstCallTally tally) {
    private static final Duration REAL_IDLE = Duration.ofMinutes(10);

    void publish() throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("idleSeconds", idle.toSeconds());
        json.put("rounds", options.rounds());
        json.put("notMeasured", unavailable);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Row row : tally.rows()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("platform", row.platform());
            fields.put("handler", row.handler());
            fields.put("firstMillis", tally.waits(row, When.FIRST));
            fields.put("afterIdleMillis", tally.waits(row, When.AFTER_IDLE));
            fields.put("warmMillis", tally.waits(row, When.WARM));
            fields.put("origins", tally.origins(row));
            rows.add(fields);
        }
        json.put("rows", rows);
        Results.publish(options, "first-call", machine, markdown(), json);
    }

    private String markdown() {
        var text = new StringBuilder("## First call after a deploy, and after idling\n\n" + machine.line()
                + "; milliseconds from sending to the whole answer as the caller's clock has it; idle for "
                + idle.toSeconds() + " s" + (idle.compareTo(REAL_IDLE) < 0 ? " INSTEAD OF TEN MINUTES" : "")
                + ", " + options.rounds() + " rounds; every answer checked.\n\n");
        text.append("""
                | platform | handler | n | first call p50 | max | after idling p50 | max | warm p50 | Hearth takes: first | after idling | origins |
                |---|---|--:|--:|--:|--:|--:|--:|--:|--:|---|
                """);
        tally.rows().forEach(row -> text.append(row(row)));
        text.append("\n");
        targets.forEach(target -> text.append("- %s: %s; idle functions: %s%s.%n"
                .formatted(
                        target.label(),
                        target.note(),
                        target.idle(),
                        unavailable.containsKey(target.name())
                                ? "; NOT MEASURED: " + unavailable.get(target.name())
                                : "")));
        return text.toString();
    }

    private String row(Row row) {
        Waits first = tally.waits(row, When.FIRST);
        Waits afterIdle = tally.waits(row, When.AFTER_IDLE);
        String origins = tally.origins(row).entrySet().stream()
                .map(origin -> origin.getValue() + " " + origin.getKey())
                .collect(Collectors.joining(", "));
        return "| %s | %s | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %s | %s | %s |%n"
                .formatted(
                        row.platform(),
                        row.handler(),
                        first.n(),
                        first.p50(),
                        first.max(),
                        afterIdle.p50(),
                        afterIdle.max(),
                        tally.waits(row, When.WARM).p50(),
                        times(row, When.FIRST),
                        times(row, When.AFTER_IDLE),
                        origins);
    }

    private String times(Row row, When when) {
        String hearth = targets.getFirst().label();
        double times = tally.timesHearth(row, when, hearth);
        return row.platform().equals(hearth) || Double.isNaN(times) ? "–" : "1/%.1f".formatted(times);
    }
}
