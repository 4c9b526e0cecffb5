package dev.hearth.scheduler;

import dev.hearth.model.Origin;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// How long a version takes from each origin until its handler runs: measured at publish where an origin could be
/// tried, otherwise what is typical. Immutable.
public final class Figures {
    /// A new measurement counts for a quarter, so that one page fault more does not change the ladder.
    private static final int WEIGHT = 4;

    /// Before anything is known: what two cores took, over Python, Node.js and Java.
    private static final Figures TYPICAL = new Figures(typicalNanos(), Set.of());

    /// A figure for each origin.
    private final Map<Origin, Long> nanos;
    private final Set<Origin> measured;

    private Figures(Map<Origin, Long> nanos, Set<Origin> measured) {
        this.nanos = nanos;
        this.measured = measured;
    }

    /// The figures of a version of which nothing is known.
    public static Figures typical() {
        return TYPICAL;
    }

    private static Map<Origin, Long> typicalNanos() {
        Map<Origin, Long> typical = new EnumMap<>(Origin.class);
        for (Origin origin : Origin.values()) {
            typical.put(origin, typicalMicros(origin) * 1_000);
        }
        return typical;
    }

    private static long typicalMicros(Origin origin) {
        return switch (origin) {
            case WARM -> 0;
            case THAW -> 400;
            case FORK -> 1_500;
            case STEM -> 6_000;
            case PAGEIN -> 30_000;
            case RESTORE -> 50_000;
            case BOOT -> 200_000;
        };
    }

    /// What a start from `origin` takes.
    public long nanos(Origin origin) {
        return nanos.getOrDefault(origin, Long.MAX_VALUE);
    }

    /// Whether that was measured.
    public boolean isMeasured(Origin origin) {
        return measured.contains(origin);
    }

    /// With a figure as it was calibrated.
    ///
    /// @throws IllegalArgumentException if `value` is negative
    public Figures calibrated(Origin origin, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a start from " + origin.label() + " cannot take " + value + " ns");
        }
        Map<Origin, Long> changed = new EnumMap<>(nanos);
        changed.put(origin, value);
        Set<Origin> known = EnumSet.of(origin);
        known.addAll(measured);
        return new Figures(changed, known);
    }

    /// With one more start that was seen: a moving average once there is a first measurement.
    public Figures observed(Origin origin, long value) {
        long known = nanos(origin);
        return calibrated(origin, isMeasured(origin) ? known + (value - known) / WEIGHT : value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Figures figures && nanos.equals(figures.nanos) && measured.equals(figures.measured);
    }

    @Override
    public int hashCode() {
        return 31 * nanos.hashCode() + measured.hashCode();
    }

    @Override
    public String toString() {
        return "Figures[nanos=" + nanos + ", measured=" + measured + "]";
    }
}
