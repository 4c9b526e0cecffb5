package dev.hearth.scheduler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides when which instance that serves HTTP itself is asked for its health, and what the answers mean. The caller
/// sends `GET` to the function's health path with the header [#HEADER], so that a function can tell a probe from a
/// caller and do on it what it would else do for its first one.
///
/// Two probes of an instance lie 100 ms apart at first, twice as much after each that did not succeed, and 5 s at
/// most; no more than three run at once on a node. Three failures in a row make an instance abnormal. That nobody
/// listens yet is no failure of an instance that has never been ready: that one has until its start limit.
///
/// One owner, who calls [#due] when something may be due and [#answered] for every probe it sent.
public final class Prober {
    /// Sent with each probe, with the value `true`.
    public static final String HEADER = "X-Preheat";

    static final long FIRST_BACK_OFF_NANOS = Duration.ofMillis(100).toNanos();
    static final long LONGEST_BACK_OFF_NANOS = Duration.ofSeconds(5).toNanos();
    static final int AT_ONCE = 3;
    static final int FAILURES_IN_A_ROW = 3;

    private final long startLimitNanos;
    private final Map<String, Probed> instances = new LinkedHashMap<>();
    private int inFlight;

    /// What a probe found.
    public enum Answer {
        /// Status 200 to 399.
        HEALTHY,
        /// Any other answer, or none in time.
        UNHEALTHY,
        /// No connection.
        REFUSED
    }

    /// @param probing     whether an answer is awaited
    /// @param dueNanos    when it is to be probed next
    private record Probed(Health health, long startedNanos, long backOffNanos, long dueNanos, boolean probing) {}

    /// @param startLimit how long an instance may take until it is healthy for the first time
    public Prober(Duration startLimit) {
        this.startLimitNanos = startLimit.toNanos();
    }

    /// An instance was started.
    public void started(String instance, long nowNanos) {
        instances.put(instance, new Probed(new Health.Cold(), nowNanos, FIRST_BACK_OFF_NANOS, nowNanos, false));
    }

    /// An instance is gone; an answer to its last probe is still to be told.
    public void ended(String instance) {
        instances.remove(instance);
    }

    /// How an instance is; nothing for one that is not known.
    public Optional<Health> health(String instance) {
        return Optional.ofNullable(instances.get(instance)).map(Probed::health);
    }

    /// Which instances to probe now, those that are due longest first. They count as being probed.
    public List<String> due(long nowNanos) {
        List<String> due = new ArrayList<>(instances.entrySet().stream()
                .filter(e -> isDue(e.getValue(), nowNanos))
                .sorted(Comparator.comparingLong(e -> e.getValue().dueNanos() - nowNanos))
                .map(Map.Entry::getKey)
                .limit(Math.max(0, AT_ONCE - inFlight))
                .toList());
        due.forEach(this::probe);
        return due;
    }

    private static boolean isDue(Probed probed, long nowNanos) {
        return !probed.probing() && !(probed.health() instanceof Health.Abnormal) && probed.dueNanos() - nowNanos <= 0;
    }

    private void probe(String instance) {
        inFlight++;
        instances.computeIfPresent(
                instance,
                (id, p) -> new Probed(
                        p.health() instanceof Health.Cold ? new Health.Warming(0) : p.health(),
                        p.startedNanos(),
                        p.backOffNanos(),
                        p.dueNanos(),
                        true));
    }

    /// The answer to a probe has come, or its time is over.
    ///
    /// @return how the instance is now; nothing if it has ended meanwhile
    public Optional<Health> answered(String instance, Answer answer, long nowNanos) {
        inFlight = Math.max(0, inFlight - 1);
        instances.computeIfPresent(instance, (id, probed) -> after(probed, answer, nowNanos));
        return health(instance);
    }

    private Probed after(Probed probed, Answer answer, long nowNanos) {
        boolean healthy = answer == Answer.HEALTHY;
        long wait = healthy ? LONGEST_BACK_OFF_NANOS : probed.backOffNanos();
        long next = healthy ? FIRST_BACK_OFF_NANOS : Math.min(LONGEST_BACK_OFF_NANOS, 2 * probed.backOffNanos());
        return new Probed(healthAfter(probed, answer, nowNanos), probed.startedNanos(), next, nowNanos + wait, false);
    }

    private Health healthAfter(Probed probed, Answer answer, long nowNanos) {
        if (probed.health() instanceof Health.Abnormal) {
            return probed.health();
        }
        return switch (answer) {
            case HEALTHY -> new Health.Ready(0);
            case UNHEALTHY -> failed(probed, nowNanos, 1);
            case REFUSED -> failed(probed, nowNanos, probed.health() instanceof Health.Ready ? 1 : 0);
        };
    }

    private Health failed(Probed probed, long nowNanos, int counts) {
        return switch (probed.health()) {
            case Health.Ready(int failures) ->
                failures + counts >= FAILURES_IN_A_ROW ? inARow() : new Health.Ready(failures + counts);
            case Health.Warming(int failures) -> warming(failures + counts, nowNanos - probed.startedNanos());
            case Health.Cold() -> warming(counts, nowNanos - probed.startedNanos());
            case Health.Abnormal abnormal -> abnormal;
        };
    }

    private Health warming(int failures, long sinceStartNanos) {
        if (failures >= FAILURES_IN_A_ROW) {
            return inARow();
        }
        return sinceStartNanos < startLimitNanos
                ? new Health.Warming(failures)
                : new Health.Abnormal("it was not healthy within "
                        + Duration.ofNanos(startLimitNanos).toMillis() + " ms of its start");
    }

    private static Health inARow() {
        return new Health.Abnormal(FAILURES_IN_A_ROW + " probes in a row failed");
    }
}
