package dev.hearth.scheduler;

import java.time.Duration;

/// How fast a function may grow: a token bucket with AWS's figures, 1,000 new instances in 10 seconds for each
/// function. As on AWS the bucket refills steadily, and what was not used does not add up beyond it
/// ([Lambda scaling behaviour](https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html)).
///
/// Belongs to one owner; time is passed in and must not go backwards by more than it went forwards.
public final class ScalingRate {
    private static final int AWS_INSTANCES = 1_000;
    private static final Duration AWS_PERIOD = Duration.ofSeconds(10);

    private final int capacity;
    private final long nanosPerToken;
    private long tokens;
    /// Up to when the tokens have been counted.
    private long countedNanos;

    /// A full bucket.
    ///
    /// @param instances how many may start within `period`
    /// @throws IllegalArgumentException if `instances` is not positive, or there is less than a nanosecond for each
    public ScalingRate(int instances, Duration period, long nowNanos) {
        if (instances <= 0 || period.toNanos() < instances) {
            throw new IllegalArgumentException("a scaling rate of " + instances + " instances in " + period
                    + " cannot be kept; allow at least one instance, and one nanosecond for each");
        }
        this.capacity = instances;
        this.nanosPerToken = period.toNanos() / instances;
        this.tokens = instances;
        this.countedNanos = nowNanos;
    }

    /// AWS's rate.
    public static ScalingRate aws(long nowNanos) {
        return new ScalingRate(AWS_INSTANCES, AWS_PERIOD, nowNanos);
    }

    /// How many of `wanted` instances may start now; they are taken.
    public int take(int wanted, long nowNanos) {
        refill(nowNanos);
        int granted = (int) Math.clamp(wanted, 0, tokens);
        tokens -= granted;
        return granted;
    }

    /// An instance that had been granted was not started after all.
    public void giveBack(int instances) {
        tokens = Math.min(capacity, tokens + Math.max(0, instances));
    }

    /// When the next instance may start, from now; 0 when one may at once.
    public long nanosUntilNext(long nowNanos) {
        refill(nowNanos);
        return tokens > 0 ? 0 : nanosPerToken - (nowNanos - countedNanos);
    }

    private void refill(long nowNanos) {
        long due = Math.max(0, nowNanos - countedNanos) / nanosPerToken;
        tokens = Math.min(capacity, tokens + due);
        // The rest of the division stays counted, or a busy asker would never get a token.
        countedNanos += due * nanosPerToken;
    }
}
