package dev.hearth.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What `hearth bench memory` found, as text and as JSON.
///
/// @param samples how many there are of each figure, at most
record MemoryReport(
        String function, Circumstances circumstances, int samples, Price price, List<MemoryResult> results) {

    private Optional<MemoryAdvice> advice() {
        return MemoryAdvice.of(results, price);
    }

    void print(Terminal terminal) {
        terminal.print(terminal.bold(function));
        circumstances.lines().forEach(line -> terminal.print(terminal.dim(line)));
        terminal.print("");
        var table = new Table("MEMORY", "COLD", "PARKED", "WARM", "WARM $/1M", "COLD $/1M", "RECOMMENDED");
        results.forEach(result -> table.add(row(result)));
        table.print(terminal);
        terminal.print("");
        terminal.print(terminal.dim("Milliseconds, medians of " + samples + ". COLD: boot, init and first run."
                + " PARKED: thaw and run. WARM: the handler alone. "));
        terminal.print(terminal.dim(String.format(
                Locale.ROOT,
                "Dollars for a million calls at AWS: $%.10f per GB-second and $%.2f for the requests (%s).",
                price.perGbSecond(),
                price.perMillion(),
                Price.SOURCE)));
        advice().ifPresent(advice -> terminal.print("Set one: aws lambda update-function-configuration --function-name "
                + function + " --memory-size " + advice.balanced()));
    }

    private List<String> row(MemoryResult result) {
        String memory = result.memoryMb() + " MB";
        if (!result.isMeasured()) {
            return List.of(memory, result.failure());
        }
        return List.of(
                memory,
                Millis.text(result.cold()),
                Millis.text(result.parked()),
                Millis.text(result.warm()),
                cost(result, result.warm())
                        .map(dollars -> String.format(Locale.ROOT, "%,.2f", dollars))
                        .orElse("-"),
                cost(result, result.cold())
                        .map(dollars -> String.format(Locale.ROOT, "%,.2f", dollars))
                        .orElse("-"),
                advice().map(advice -> advice.remark(result.memoryMb())).orElse(""));
    }

    Json json() {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("function", function);
        fields.put("circumstances", circumstances.json());
        fields.put("samples", samples);
        fields.put("usdPerGbSecond", BigDecimal.valueOf(price.perGbSecond()));
        fields.put("usdPerMillionRequests", BigDecimal.valueOf(price.perMillion()));
        fields.put("priceSource", Price.SOURCE);
        fields.put("sizes", results.stream().map(this::json).toList());
        advice().ifPresent(advice -> {
            var recommended = new LinkedHashMap<String, Object>();
            recommended.put("cheapest", advice.cheapest());
            recommended.put("fastest", advice.fastest());
            recommended.put("balanced", advice.balanced());
            fields.put("recommendedMb", recommended);
        });
        return new Json(fields);
    }

    private Map<String, @Nullable Object> json(MemoryResult result) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("memoryMb", result.memoryMb());
        if (!result.isMeasured()) {
            fields.put("failure", result.failure());
            return fields;
        }
        fields.put("coldMillis", Millis.exactOrNull(result.cold()));
        fields.put("parkedMillis", Millis.exactOrNull(result.parked()));
        fields.put("warmMillis", Millis.exactOrNull(result.warm()));
        fields.put(
                "warmUsdPerMillion",
                cost(result, result.warm()).map(MemoryReport::cents).orElse(null));
        fields.put(
                "coldUsdPerMillion",
                cost(result, result.cold()).map(MemoryReport::cents).orElse(null));
        return fields;
    }

    private Optional<Double> cost(MemoryResult result, OptionalLong nanos) {
        return nanos.isPresent()
                ? Optional.of(price.ofMillionCalls(result.memoryMb(), nanos.getAsLong()))
                : Optional.empty();
    }

    private static BigDecimal cents(double dollars) {
        return BigDecimal.valueOf(dollars).setScale(4, RoundingMode.HALF_UP);
    }
}
