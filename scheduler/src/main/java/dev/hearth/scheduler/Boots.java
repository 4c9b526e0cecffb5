package dev.hearth.scheduler;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Which instances boot next. A boot takes a core for up to some seconds: what nobody waits for gets half the cores
/// and what is left of their time, so that those who are served do not notice. How fast spares come back is thereby
/// limited, not how many there are.
public final class Boots {
    private Boots() {}

    /// An instance that is to boot.
    ///
    /// @param instance   whatever stands for it with the caller
    /// @param awaited    whether a caller waits for it
    /// @param ready      instances that its version has ready without it
    /// @param frequency  invocations of its version, lately
    /// @param sinceNanos when it was asked for
    public record Turn<T>(T instance, boolean awaited, int ready, double frequency, long sinceNanos) {}

    /// How many may boot at once that nobody waits for.
    public static int background(int cores) {
        return Math.max(1, cores / 2);
    }

    /// How many may boot at once in all: one for each core, and even on a single core two, because a boot also waits.
    public static int inAll(int cores) {
        return Math.max(2, cores);
    }

    /// The next one to boot, if one may: first those that somebody waits for, then versions that have nothing ready,
    /// the most used first; else in the order in which they were asked for.
    ///
    /// @param booting how many boot now
    /// @param background how many of them nobody waits for
    public static <T> Optional<Turn<T>> next(Collection<Turn<T>> pending, int booting, int background, int cores) {
        if (booting >= inAll(cores)) {
            return Optional.empty();
        }
        boolean backgroundToo = background < background(cores);
        return pending.stream().filter(turn -> turn.awaited() || backgroundToo).min(order(pending));
    }

    private static <T> Comparator<Turn<T>> order(Collection<Turn<T>> pending) {
        long origin = pending.isEmpty() ? 0 : pending.iterator().next().sinceNanos();
        return Comparator.<Turn<T>, Boolean>comparing(turn -> !turn.awaited())
                .thenComparing(turn -> turn.ready() > 0)
                .thenComparingDouble(turn -> turn.awaited() ? 0 : -turn.frequency())
                // Differences, not values: a monotonic clock may overflow.
                .thenComparingLong(turn -> turn.sinceNanos() - origin);
    }
}
