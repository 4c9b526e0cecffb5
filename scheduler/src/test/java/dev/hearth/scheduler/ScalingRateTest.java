package dev.hearth.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScalingRateTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void thousandInstancesMayStartAtOnceAndNotOneMore() {
        ScalingRate rate = ScalingRate.aws(0);
        assertThat(rate.take(1_000, 0)).isEqualTo(1_000);
        assertThat(rate.take(1, 0)).isZero();
    }

    @Test
    void askingForMoreGetsWhatThereIs() {
        assertThat(ScalingRate.aws(0).take(5_000, 0)).isEqualTo(1_000);
    }

    @Test
    void bucketRefillsSteadilyAndIsFullAfterTenSeconds() {
        ScalingRate rate = ScalingRate.aws(0);
        rate.take(1_000, 0);
        assertThat(rate.nanosUntilNext(0)).isEqualTo(10_000_000);
        assertThat(rate.take(1_000, SECOND)).isEqualTo(100);
        assertThat(rate.take(1_000, 11 * SECOND)).isEqualTo(1_000);
    }

    @Test
    void unusedTokensDoNotAddUp() {
        ScalingRate rate = ScalingRate.aws(0);
        assertThat(rate.take(5_000, 3_600 * SECOND)).isEqualTo(1_000);
        assertThat(rate.take(5_000, 3_600 * SECOND)).isZero();
    }

    @Test
    void askingOftenDoesNotLoseTokens() {
        ScalingRate rate = ScalingRate.aws(0);
        rate.take(1_000, 0);
        int started = 0;
        for (long now = 0; now <= 10 * SECOND; now += 3_000_000) {
            started += rate.take(1_000, now);
        }
        assertThat(started).isBetween(999, 1_000);
    }

    @Test
    void whatDidNotStartIsGivenBackButNeverMoreThanThereCanBe() {
        ScalingRate rate = new ScalingRate(10, Duration.ofSeconds(10), 0);
        rate.take(10, 0);
        rate.giveBack(3);
        assertThat(rate.take(10, 0)).isEqualTo(3);
        rate.giveBack(50);
        assertThat(rate.take(50, 0)).isEqualTo(10);
    }

    @Test
    void clockThatOverflowsAddsNothing() {
        ScalingRate rate = ScalingRate.aws(Long.MAX_VALUE - 5);
        rate.take(1_000, Long.MAX_VALUE - 5);
        assertThat(rate.take(1, Long.MIN_VALUE + 5)).isZero();
        assertThat(rate.take(1_000, Long.MIN_VALUE + SECOND)).isEqualTo(100);
    }

    @Test
    void rateThatCannotBeKeptIsRefused() {
        assertThatThrownBy(() -> new ScalingRate(0, Duration.ofSeconds(10), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ScalingRate(1_000, Duration.ofNanos(999), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
