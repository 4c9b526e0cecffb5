package dev.hearth.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.scheduler.Replacement.Loss;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReplacementTest {
    private static final long START = 100_000_000;

    @Test
    void lastInstanceIsReplacedBeforeTheErrorGoesOut() {
        assertThat(Replacement.of(new Loss(0, 0, 1, START))).isEqualTo(new Replacement(true, Duration.ofMillis(200)));
    }

    @Test
    void errorGoesOutAtOnceWhereAnotherInstanceIsReady() {
        assertThat(Replacement.of(new Loss(1, 0, 1, START))).isEqualTo(new Replacement(false, Duration.ZERO));
    }

    @Test
    void instanceThatIsOnItsWayIsWaitedForAndNoSecondOneStarted() {
        assertThat(Replacement.of(new Loss(0, 1, 1, START))).isEqualTo(new Replacement(false, Duration.ofMillis(200)));
    }

    @Test
    void slowStartIsNotWaitedForLongerThanTheLimit() {
        assertThat(Replacement.of(new Loss(0, 0, 1, 60 * START)).hold()).isEqualTo(Duration.ofSeconds(2));
        assertThat(Replacement.of(new Loss(0, 0, 1, 0)).hold()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void functionThatCrashesAgainAndAgainGetsItsErrorsAtOnce() {
        assertThat(Replacement.of(new Loss(0, 0, 3, START)).hold()).isPositive();
        assertThat(Replacement.of(new Loss(0, 0, 4, START))).isEqualTo(new Replacement(true, Duration.ZERO));
    }
}
