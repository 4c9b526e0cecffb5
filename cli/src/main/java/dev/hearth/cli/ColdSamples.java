package dev.hearth.cli;

import dev.hearth.cli.LambdaApi.Measured;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// What was measured of one origin.
///
/// @param origin      what was asked for
/// @param samples     invocations that had it
/// @param discarded   how many had another one, by that one
/// @param unavailable why there are no samples; empty where there are
record ColdSamples(String origin, List<Measured> samples, Map<String, Integer> discarded, String unavailable) {

    static ColdSamples none(String origin, Map<String, Integer> discarded, String why) {
        return new ColdSamples(origin, List.of(), discarded, why);
    }

    List<StartReport> reports() {
        return samples.stream().map(Measured::start).toList();
    }

    /// What callers waited beyond what a warm dispatch takes.
    Percentiles visibleCold(long warmDispatchNanos) {
        return percentiles(sample ->
                Math.max(0, sample.start().at(StartReport.HANDLER_START).orElse(0) - warmDispatchNanos));
    }

    /// From the request until the answer: start, init and first run.
    Percentiles firstResponse() {
        return percentiles(sample -> sample.start().at(StartReport.RESPONDED).orElse(sample.nanos()));
    }

    /// The same as the caller's own clock has it.
    Percentiles asCallerSaw() {
        return percentiles(Measured::nanos);
    }

    Percentiles dispatch() {
        return percentiles(
                sample -> sample.start().at(StartReport.HANDLER_START).orElse(0));
    }

    /// How many there were of each cause.
    Map<String, Integer> causes() {
        var causes = new TreeMap<String, Integer>();
        samples.forEach(sample -> sample.start().cause().ifPresent(cause -> causes.merge(cause, 1, Integer::sum)));
        return causes;
    }

    int discardedCount() {
        return discarded.values().stream().mapToInt(Integer::intValue).sum();
    }

    private Percentiles percentiles(ToLongFunction<Measured> time) {
        return Percentiles.of(samples.stream().mapToLong(time).toArray());
    }
}
