package dev.hearth.scheduler;

import java.time.Duration;

/// What happens when an instance crashed or ran out of time, before its caller gets the error: another takes its place,
/// so that the next call is not cold. The caller waits for that no longer than such a start takes, and not at all when
/// the function crashes again and again: then the errors themselves would be slow.
///
/// @param start whether to start an instance
/// @param hold  how long to hold the error back at most until that instance is ready
public record Replacement(boolean start, Duration hold) {
    /// Longer, and the error itself would be the slow part.
    static final Duration LONGEST = Duration.ofSeconds(2);

    /// What one start takes says little about the next when it takes almost nothing.
    static final Duration SHORTEST = Duration.ofMillis(100);

    private static final int CRASHES_IN_A_ROW = 3;

    /// A start that takes twice its usual time is not waited for.
    private static final int PATIENCE = 2;

    /// What is known when an instance is lost.
    ///
    /// @param ready      instances of the version that can take an invocation
    /// @param starting   instances on their way
    /// @param crashes    how many of its instances were lost in a row without an invocation that succeeded between
    /// @param startNanos what a start takes; 0 where that is not known
    public record Loss(int ready, int starting, int crashes, long startNanos) {}

    /// What to do about a loss.
    public static Replacement of(Loss loss) {
        boolean start = loss.ready() == 0 && loss.starting() == 0;
        boolean wait = loss.ready() == 0 && loss.crashes() <= CRASHES_IN_A_ROW;
        return new Replacement(start, wait ? patience(loss.startNanos()) : Duration.ZERO);
    }

    private static Duration patience(long startNanos) {
        Duration twice = Duration.ofNanos(startNanos).multipliedBy(PATIENCE);
        Duration usual = twice.compareTo(SHORTEST) < 0 ? SHORTEST : twice;
        return startNanos == 0 || usual.compareTo(LONGEST) > 0 ? LONGEST : usual;
    }
}
