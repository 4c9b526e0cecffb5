package dev.hearth.benchmarks;

import dev.hearth.benchmarks.ColdCycles.Rung;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The table of all functions and origins, and whether the promises hold.
record ColdReport(Options options, Machine machine, List<ColdResult> results, Map<String, String> unavailable) {

    void publish() throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("notMeasured", unavailable);
        json.put("functions", results.stream().map(ColdReport::json).toList());
        Results.publish(options, "cold", machine, markdown(), json);
    }

    private static Map<String, Object> json(ColdResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("function", result.function().name());
        json.put("runtime", result.function().runtime());
        json.put("warmDispatchMillis", result.warmDispatchNanos() / 1e6);
        json.put("promises", result.promises());
        Map<String, Object> origins = new LinkedHashMap<>();
        for (Rung rung : Rung.values()) {
            Map<String, Object> origin = new LinkedHashMap<>();
            origin.put("discarded", result.taken(rung).discarded());
            if (result.has(rung)) {
                origin.put("visibleColdMillis", result.visibleCold(rung));
                origin.put("callerMillis", result.callerSaw(rung));
            }
            origins.put(rung.origin(), origin);
        }
        json.put("origins", origins);
        return json;
    }

    private String markdown() {
        var text = new StringBuilder("## Visible cold\n\n" + machine.line()
                + "; milliseconds from the request until the handler ran, less the function's median warm dispatch;"
                + " origins in turns, every answer and every origin checked.\n\n"
                + "| function | origin | n | p50 | p90 | p99 | max | caller saw, p50 | of its boot | discarded |\n"
                + "|---|---|--:|--:|--:|--:|--:|--:|--:|---|\n");
        results.forEach(result -> {
            for (Rung rung : Rung.values()) {
                text.append(row(result, rung));
            }
        });
        text.append("\n");
        results.forEach(result -> text.append(verdict(result)));
        unavailable.forEach((name, reason) -> text.append("- %s: NOT MEASURED: %s%n".formatted(name, reason)));
        return text.toString();
    }

    private static String row(ColdResult result, Rung rung) {
        if (!result.has(rung)) {
            return "| %s | %s | 0 | – | – | – | – | – | – | %s |%n"
                    .formatted(
                            result.function().label(),
                            rung.origin(),
                            discarded(result.taken(rung).discarded()));
        }
        Waits visible = result.visibleCold(rung);
        return "| %s | %s | %d | %s | %.2f | %s | %s |%n"
                .formatted(
                        result.function().label(),
                        rung.origin(),
                        visible.n(),
                        visible.cells(),
                        result.callerSaw(rung).p50(),
                        rung == Rung.WARM || !result.has(Rung.BOOT) ? "–" : share(result.shareOfBoot(rung)),
                        discarded(result.taken(rung).discarded()));
    }

    private static String share(double ratio) {
        return ratio == 0 ? "0" : "1/%.1f".formatted(1 / ratio);
    }

    private static String discarded(Map<String, Integer> discarded) {
        return discarded.isEmpty()
                ? "0"
                : discarded.entrySet().stream()
                        .map(other -> other.getValue() + " were " + other.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String verdict(ColdResult result) {
        return result.promises().entrySet().stream()
                .map(promise -> promise.getKey() + ": " + Results.word(promise.getValue()))
                .collect(Collectors.joining(
                        "; ",
                        "- %s: warm dispatch %.2f ms; "
                                .formatted(result.function().label(), result.warmDispatchNanos() / 1e6),
                        ".\n"));
    }
}
