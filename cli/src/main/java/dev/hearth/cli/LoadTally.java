package dev.hearth.cli;

import dev.hearth.cli.WireConnection.WireAnswer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// What came of the requests of one stage. Filled by any thread, read when all have ended.
final class LoadTally {
    private static final long HIGHEST_NANOS = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    /// From when a request was to be sent until its answer: what a caller who came at that time waited.
    final Histogram corrected = histogram();
    /// From when it was sent.
    final Histogram uncorrected = histogram();
    /// Until the handler ran, as the server tells, whatever the origin.
    final Histogram dispatch = histogram();
    /// The same of warm ones.
    final Histogram warmDispatch = histogram();
    /// How late requests were sent.
    final Histogram lateness = histogram();

    private final Map<String, LongAdder> origins = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

    private static Histogram histogram() {
        return new ConcurrentHistogram(1, HIGHEST_NANOS, DIGITS);
    }

    void sent(long lateNanos) {
        record(lateness, lateNanos);
    }

    /// Takes an answer; only successes count into the latencies.
    void answered(WireAnswer answer, long correctedNanos, long uncorrectedNanos) {
        Optional<String> failure = failure(answer);
        if (failure.isPresent()) {
            count(failures, failure.get());
            return;
        }
        record(corrected, correctedNanos);
        record(uncorrected, uncorrectedNanos);
        StartReport.of(
                        answer.header("X-Hearth-Origin"),
                        answer.header("X-Hearth-Cause"),
                        answer.header("X-Hearth-Timeline"))
                .ifPresent(this::started);
    }

    void failed(String kind) {
        count(failures, kind);
    }

    private void started(StartReport start) {
        count(origins, start.origin());
        OptionalLong nanos = start.at(StartReport.HANDLER_START);
        if (nanos.isPresent()) {
            record(dispatch, nanos.getAsLong());
            if (start.origin().equals("warm")) {
                record(warmDispatch, nanos.getAsLong());
            }
        }
    }

    private static Optional<String> failure(WireAnswer answer) {
        if (answer.status() == 429) {
            return Optional.of("throttled");
        }
        if (answer.status() >= 300) {
            return Optional.of("status " + answer.status());
        }
        return answer.header("X-Amz-Function-Error").map(kind -> "function error");
    }

    long succeeded() {
        return corrected.getTotalCount();
    }

    long failed() {
        return failures.values().stream().mapToLong(LongAdder::sum).sum();
    }

    long done() {
        return succeeded() + failed();
    }

    /// How many there were of each kind.
    Map<String, Long> failures() {
        return sums(failures);
    }

    /// How many instances there were of each origin.
    Map<String, Long> origins() {
        return sums(origins);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counts) {
        var sums = new TreeMap<String, Long>();
        counts.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }

    private static void count(Map<String, LongAdder> counts, String name) {
        counts.computeIfAbsent(name, n -> new LongAdder()).increment();
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.clamp(nanos, 1, HIGHEST_NANOS));
    }
}
