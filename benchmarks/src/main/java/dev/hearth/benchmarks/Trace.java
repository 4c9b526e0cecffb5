package dev.hearth.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// Real arrivals: the Azure Functions trace of 2019, a sample of 100 functions over eight hours of a day. Microsoft
/// publishes it under CC-BY 4.0; `ATTRIBUTION.md` beside the files says more.
record Trace(List<TraceFunction> functions) {
    private static final int HASH = 2;
    private static final int TRIGGER = 3;
    private static final int FIRST_MINUTE = 4;
    private static final int FIRST_PERCENTILE = 7;

    static Trace load() throws IOException {
        Map<String, List<Double>> durations = new HashMap<>();
        for (String[] row : rows("durations")) {
            durations.put(
                    row[HASH],
                    Arrays.stream(row)
                            .skip(FIRST_PERCENTILE)
                            .map(Double::valueOf)
                            .toList());
        }
        List<TraceFunction> functions = new ArrayList<>();
        for (String[] row : rows("invocations")) {
            functions.add(new TraceFunction(
                    row[HASH],
                    row[TRIGGER],
                    Arrays.stream(row).skip(FIRST_MINUTE).map(Integer::valueOf).toList(),
                    Objects.requireNonNull(durations.get(row[HASH]), row[HASH])));
        }
        return new Trace(List.copyOf(functions));
    }

    int minutes() {
        return functions.getFirst().counts().size();
    }

    /// So many of its functions, evenly from the busiest to the quietest, so that few are still like all.
    Trace sample(int count) {
        List<TraceFunction> sorted = functions.stream()
                .sorted(Comparator.comparingLong((TraceFunction function) -> -function.calls(minutes())))
                .toList();
        List<TraceFunction> sample = new ArrayList<>();
        int wanted = Math.min(count, sorted.size());
        for (int i = 0; i < wanted; i++) {
            sample.add(sorted.get((int) ((long) i * sorted.size() / wanted)));
        }
        return new Trace(List.copyOf(sample));
    }

    private static List<String[]> rows(String table) throws IOException {
        String name = "azure2019-100-" + table + ".csv.gz";
        try (var file = Objects.requireNonNull(Trace.class.getResourceAsStream(name), name);
                var reader = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))) {
            return reader.lines().skip(1).map(line -> line.split(",")).toList();
        }
    }
}
