package dev.hearth.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// Medians, ratios and whether the promises hold.
record WarmInvokeReport(
        Options options, Machine machine, List<Target> targets, Map<Target, String> unavailable, List<Turn> turns) {
    private static final double PROMISED_FACTOR = 5;
    private static final double PROMISED_OVERHEAD_MICROS = 150;

    void publish() throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rounds", options.rounds());
        json.put("secondsPerTurn", options.measure().toMillis() / 1e3);
        Map<String, String> missing = new LinkedHashMap<>();
        unavailable.forEach((target, reason) -> missing.put(target.name(), reason));
        json.put("notMeasured", missing);
        json.put("medians", medians());
        overheadMicros().ifPresent(overhead -> json.put("p50OverheadMicros", overhead));
        factor(32).ifPresent(factor -> json.put("factorOverBest32Callers", factor.value()));
        factor(1).ifPresent(factor -> json.put("factorOverBest1Caller", factor.value()));
        json.put("turns", turns);
        Results.publish(options, "warm-invoke", machine, markdown(), json);
    }

    String markdown() {
        var text = new StringBuilder("## Warm Invoke over HTTP\n\n" + machine.line() + "; " + options.rounds()
                + " rounds of " + options.measure().toMillis() / 1e3
                + " s, interleaved, medians; every answer checked.\n\n"
                + "| platform | 1 caller: req/s | p50 µs | p99 µs | CPU µs/req | 32 callers: req/s | p50 µs | p99 µs"
                + " | CPU µs/req | Hearth is × at 1 | × at 32 |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        for (Target target : targets) {
            text.append(row(target));
        }
        text.append("\n");
        targets.forEach(target -> text.append("- ")
                .append(target.label())
                .append(": ")
                .append(target.note())
                .append(unavailable.containsKey(target) ? "; NOT MEASURED: " + unavailable.get(target) : "")
                .append(".\n"));
        text.append("- LocalStack is left out: it runs functions in Docker only.\n\n");
        return text.append(verdicts()).toString();
    }

    private String row(Target target) {
        if (unavailable.containsKey(target)) {
            return "| " + target.label() + " | not measured |  |  |  |  |  |  |  |  |  |\n";
        }
        var cells = new StringBuilder("| " + target.label());
        for (int callers : List.of(1, 32)) {
            cells.append(" | %,.0f | %,.0f | %,.0f | %,.0f"
                    .formatted(
                            median(target.name(), callers, Turn::perSecond),
                            median(target.name(), callers, Turn::p50Micros),
                            median(target.name(), callers, Turn::p99Micros),
                            median(target.name(), callers, Turn::cpuMicros)));
        }
        for (int callers : List.of(1, 32)) {
            double ratio = median("hearth", callers, Turn::perSecond) / median(target.name(), callers, Turn::perSecond);
            cells.append(Double.isNaN(ratio) ? " | –" : " | %.2f".formatted(ratio));
        }
        return cells.append(" |\n").toString();
    }

    private String verdicts() {
        var text = new StringBuilder();
        for (int callers : List.of(1, 32)) {
            factor(callers)
                    .ifPresent(factor -> text.append(
                            "- Requests per second, %d caller%s: %.2f times the best other (%s); aim %.0f: %s.\n"
                                    .formatted(
                                            callers,
                                            callers == 1 ? "" : "s",
                                            factor.value(),
                                            factor.rival(),
                                            PROMISED_FACTOR,
                                            factor.value() >= PROMISED_FACTOR ? "met" : "NOT met")));
        }
        overheadMicros()
                .ifPresent(overhead ->
                        text.append("- p50 overhead over the bare handler, 1 caller: %.0f µs; aim at most %.0f: %s.\n"
                                .formatted(
                                        overhead,
                                        PROMISED_OVERHEAD_MICROS,
                                        overhead <= PROMISED_OVERHEAD_MICROS ? "met" : "NOT met")));
        return text.toString();
    }

    /// Hearth's requests per second over those of the best other platform.
    private record Factor(double value, String rival) {}

    private Optional<Factor> factor(int callers) {
        double ours = median("hearth", callers, Turn::perSecond);
        return targets.stream()
                .filter(target ->
                        !target.name().equals("hearth") && !target.name().equals("bare"))
                .map(target -> new Factor(ours / median(target.name(), callers, Turn::perSecond), target.label()))
                .filter(factor -> !Double.isNaN(factor.value()))
                .min((a, b) -> Double.compare(a.value(), b.value()));
    }

    /// Median over the rounds of the difference within a round.
    private Optional<Double> overheadMicros() {
        List<Double> differences = new ArrayList<>();
        for (int round = 1; round <= options.rounds(); round++) {
            int number = round;
            Optional<Turn> ours = turn("hearth", number);
            Optional<Turn> bare = turn("bare", number);
            if (ours.isPresent() && bare.isPresent()) {
                differences.add(ours.get().p50Micros() - bare.get().p50Micros());
            }
        }
        return differences.isEmpty() ? Optional.empty() : Optional.of(Medians.of(differences));
    }

    private Optional<Turn> turn(String target, int round) {
        return turns.stream()
                .filter(turn -> turn.target().equals(target) && turn.callers() == 1 && turn.round() == round)
                .findFirst();
    }

    private List<Turn> medians() {
        List<Turn> medians = new ArrayList<>();
        for (Target target : targets) {
            for (int callers : List.of(1, 32)) {
                if (!unavailable.containsKey(target)) {
                    String name = target.name();
                    medians.add(new Turn(
                            name,
                            callers,
                            0,
                            Math.round(median(name, callers, Turn::answers)),
                            median(name, callers, Turn::perSecond),
                            median(name, callers, Turn::p50Micros),
                            median(name, callers, Turn::p99Micros),
                            median(name, callers, Turn::maxMicros),
                            median(name, callers, Turn::cpuMicros)));
                }
            }
        }
        return medians;
    }

    private double median(String target, int callers, ToDoubleFunction<Turn> figure) {
        return Medians.of(turns.stream()
                .filter(turn -> turn.target().equals(target) && turn.callers() == callers)
                .map(figure::applyAsDouble)
                .toList());
    }
}
