package dev.hearth.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What callers waited, by platform, handler and occasion. Used by one thread.
final class FirstCallTally {
    /// Which call of a function it was.
    enum When {
        FIRST,
        WARM,
        AFTER_IDLE
    }

    /// A platform with one handler.
    record Row(String platform, String handler) {}

    private final Map<Row, Map<When, List<Long>>> nanos = new LinkedHashMap<>();
    private final Map<Row, Map<String, Integer>> origins = new LinkedHashMap<>();

    void add(Row row, When when, long callerNanos, String origin) {
        nanos.computeIfAbsent(row, _ -> new TreeMap<>())
                .computeIfAbsent(when, _ -> new ArrayList<>())
                .add(callerNanos);
        if (when != When.WARM && !origin.isEmpty()) {
            origins.computeIfAbsent(row, _ -> new TreeMap<>())
                    .merge((when == When.FIRST ? "first: " : "idle: ") + origin, 1, Integer::sum);
        }
    }

    /// Those of a handler together.
    List<Row> rows() {
        return nanos.keySet().stream()
                .sorted(Comparator.comparing(Row::handler))
                .toList();
    }

    Waits waits(Row row, When when) {
        return Waits.of(nanos.getOrDefault(row, Map.of()).getOrDefault(when, List.of()).stream()
                .mapToLong(Long::longValue));
    }

    /// Where the instances of first calls and of calls after idling came from, where the platform says so.
    Map<String, Integer> origins(Row row) {
        return origins.getOrDefault(row, Map.of());
    }

    /// How many times as long as Hearth the platform's caller waited, same handler and occasion; NaN where Hearth did
    /// not run it.
    double timesHearth(Row row, When when, String hearth) {
        return waits(row, when).p50()
                / waits(new Row(hearth, row.handler()), when).p50();
    }
}
