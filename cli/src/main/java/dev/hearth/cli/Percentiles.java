package dev.hearth.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Percentiles of measured times by nearest rank; those of the tail only where there are samples enough to know them.
final class Percentiles {
    /// Under this many samples the 99th percentile is one or two of them.
    static final int SAMPLES_FOR_P99 = 200;
    static final int SAMPLES_FOR_P999 = 1_000;

    private final long[] sorted;

    private Percentiles(long[] sorted) {
        this.sorted = sorted;
    }

    static Percentiles of(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Percentiles(sorted);
    }

    int count() {
        return sorted.length;
    }

    /// The value that half of the samples do not exceed.
    ///
    /// @throws IllegalStateException when there are no samples
    long median() {
        return at(0.5).orElseThrow(() -> new IllegalStateException("there are no samples"));
    }

    /// @param share such as 0.99
    /// @return empty where there are too few samples to say
    OptionalLong at(double share) {
        if (sorted.length < samplesFor(share)) {
            return OptionalLong.empty();
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return OptionalLong.of(sorted[Math.max(1, rank) - 1]);
    }

    OptionalLong max() {
        return sorted.length == 0 ? OptionalLong.empty() : OptionalLong.of(sorted[sorted.length - 1]);
    }

    /// The share of samples above a value; 0 where there are none.
    double shareAbove(long value) {
        long above = Arrays.stream(sorted).filter(v -> v > value).count();
        return sorted.length == 0 ? 0 : (double) above / sorted.length;
    }

    /// In milliseconds; null where there are too few samples to say.
    Map<String, @Nullable Object> json() {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("p50", Millis.exactOrNull(at(0.5)));
        fields.put("p90", Millis.exactOrNull(at(0.9)));
        fields.put("p99", Millis.exactOrNull(at(0.99)));
        fields.put("p99.9", Millis.exactOrNull(at(0.999)));
        fields.put("max", Millis.exactOrNull(max()));
        return fields;
    }

    /// How many samples it takes to speak of a percentile.
    static int samplesFor(double share) {
        if (share > 0.99) {
            return SAMPLES_FOR_P999;
        }
        return share > 0.9 ? SAMPLES_FOR_P99 : 1;
    }

    /// Why a percentile is `-`; empty where none is.
    static String whyMissing(long fewestSamples) {
        if (fewestSamples >= SAMPLES_FOR_P999) {
            return "";
        }
        return fewestSamples >= SAMPLES_FOR_P99
                ? "-: no p99.9 from fewer than 1,000 samples"
                : "-: no p99 from fewer than 200 samples, no p99.9 from fewer than 1,000";
    }
}
