package dev.hearth.simulation;

import dev.hearth.model.Origin;
import dev.hearth.model.StartCause;
import java.util.EnumMap;
import java.util.Map;

/// What callers saw.
final class Tally {
    private static final int BUCKET_MICROS = 100;
    private static final int BUCKETS = 2_500_000;
    private static final double PERCENT = 100;

    private final Map<StartCause, Integer> cold = new EnumMap<>(StartCause.class);
    private final Map<Origin, Integer> origins = new EnumMap<>(Origin.class);
    /// By their length; what is longer than 250 s is in the last one.
    private final int[] waits = new int[BUCKETS];
    private int served;
    private long longestMicros;
    int booted;
    int ended;
    int pagedOut;
    int pagedInAhead;

    /// A caller found an instance.
    void found(Origin origin, long waitMicros) {
        origins.merge(origin, 1, Integer::sum);
        waited(waitMicros);
    }

    /// A caller found none.
    void foundNone(StartCause cause, long waitMicros) {
        cold.merge(cause, 1, Integer::sum);
        waited(waitMicros);
    }

    private void waited(long micros) {
        served++;
        longestMicros = Math.max(longestMicros, micros);
        waits[(int) Math.min(BUCKETS - 1, micros / BUCKET_MICROS)]++;
    }

    int served() {
        return served;
    }

    /// Calls that found no instance.
    int cold(StartCause cause) {
        return cold.getOrDefault(cause, 0);
    }

    int cold() {
        return cold.values().stream().mapToInt(Integer::intValue).sum();
    }

    int from(Origin origin) {
        return origins.getOrDefault(origin, 0);
    }

    /// The share of calls that waited for so long or longer, in percent.
    double percentAbove(int millis) {
        long above = 0;
        for (int i = millis * 1_000 / BUCKET_MICROS; i < BUCKETS; i++) {
            above += waits[i];
        }
        return PERCENT * above / Math.max(1, served);
    }

    /// The wait that this share of calls did not exceed.
    double waitMillis(double share) {
        long below = 0;
        for (int i = 0; i < BUCKETS; i++) {
            below += waits[i];
            if (below >= share * served) {
                return i * BUCKET_MICROS / 1e3;
            }
        }
        return longestMicros / 1e3;
    }

    double longestMillis() {
        return longestMicros / 1e3;
    }
}
