package dev.hearth.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The phases of a start, from the points of its timeline: each lasts from one point to the next.
final class Phases {
    /// What ends at each point, in the order in which points of the same time are meant.
    private static final Map<String, String> NAMES = Map.of(
            "assigned",
            "queue",
            "sandbox_ready",
            "sandbox",
            "runtime_ready",
            "runtime",
            "code_loaded",
            "code",
            "init_done",
            "init",
            StartReport.HANDLER_START,
            "hand over",
            StartReport.HANDLER_END,
            "handler",
            StartReport.RESPONDED,
            "answer");

    private static final List<String> ORDER = List.of(
            "assigned",
            "sandbox_ready",
            "runtime_ready",
            "code_loaded",
            "init_done",
            StartReport.HANDLER_START,
            StartReport.HANDLER_END,
            StartReport.RESPONDED);

    private Phases() {}

    /// One phase.
    ///
    /// @param startNanos when it began, since the request was received
    record Phase(String name, long startNanos, long nanos) {
        Map<String, Object> json() {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("phase", name);
            fields.put("startMillis", Millis.exact(startNanos));
            fields.put("millis", Millis.exact(nanos));
            return fields;
        }
    }

    private record Point(String name, long nanos) {}

    /// The phases of the typical start among these: each point at its median.
    static List<Phase> typical(List<StartReport> reports) {
        var points = new ArrayList<Point>();
        for (String name : ORDER) {
            long[] times = reports.stream()
                    .map(report -> report.at(name))
                    .filter(OptionalLong::isPresent)
                    .mapToLong(OptionalLong::getAsLong)
                    .toArray();
            if (times.length > 0) {
                points.add(new Point(name, Percentiles.of(times).median()));
            }
        }
        // Stable: an instance may be assigned before its sandbox is made, or when it is initialised.
        points.sort(Comparator.comparingLong(Point::nanos));
        return between(points);
    }

    private static List<Phase> between(List<Point> points) {
        var phases = new ArrayList<Phase>();
        long from = 0;
        for (Point point : points) {
            long to = Math.max(from, point.nanos());
            phases.add(new Phase(NAMES.getOrDefault(point.name(), point.name()), from, to - from));
            from = to;
        }
        return phases;
    }
}
