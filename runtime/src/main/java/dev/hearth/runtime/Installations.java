package dev.hearth.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The installations of one kind, looked for when they are first asked for, and again where one that is asked for
/// was missing: it may have been installed since. Safe for use by any thread.
final class Installations {
    private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Supplier<List<Installation>> look;
    private @Nullable List<Installation> found;
    private long lookedNanos;

    Installations(Supplier<List<Installation>> look) {
        this.look = look;
    }

    /// The newest release of exactly this version.
    Optional<Installation> exactly(String version) {
        return find(all -> all.stream()
                .filter(installation -> installation.isRelease(version))
                .max(Comparator.comparing(Installation::version, Installations::compareVersions)));
    }

    /// The release with this first number, else the one with the next greater.
    Optional<Installation> atLeast(int major) {
        return find(all -> all.stream()
                .filter(installation -> installation.major() >= major)
                .min(Comparator.comparingInt(Installation::major)
                        .thenComparing(Comparator.comparing(Installation::version, Installations::compareVersions)
                                .reversed())));
    }

    /// All of them.
    synchronized List<Installation> all() {
        return found == null ? lookNow() : found;
    }

    private List<Installation> lookNow() {
        List<Installation> fresh = look.get();
        found = fresh;
        lookedNanos = System.nanoTime();
        return fresh;
    }

    private synchronized Optional<Installation> find(Function<List<Installation>, Optional<Installation>> choice) {
        Optional<Installation> chosen = found == null ? Optional.empty() : choice.apply(found);
        if (chosen.isPresent() || (found != null && System.nanoTime() - lookedNanos < LOOK_AGAIN_NANOS)) {
            return chosen;
        }
        return choice.apply(lookNow());
    }

    private static int compareVersions(String a, String b) {
        String[] left = a.split("[._+-]");
        String[] right = b.split("[._+-]");
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            int order = Integer.compare(number(left[i]), number(right[i]));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
