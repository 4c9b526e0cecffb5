package dev.hearth.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartTest {
    private static final Optional<String> TIMELINE = Optional.of("assigned=100,handler_start=2500,responded=9000");

    @Test
    void timelineSaysWhenTheHandlerRan() {
        Start start = Start.of(Optional.of("thaw"), Optional.of("recold"), TIMELINE, 10_000);

        assertThat(start).isEqualTo(new Start("thaw", "recold", 100, 2_500, 9_000, 10_000));
    }

    @Test
    void visibleColdIsWhatAWarmDispatchDoesNotTakeAndNeverNegative() {
        Start start = Start.of(Optional.of("thaw"), Optional.empty(), TIMELINE, 10_000);

        assertThat(start.visibleColdNanos(2_000)).isEqualTo(500);
        assertThat(start.visibleColdNanos(3_000)).isZero();
    }

    @Test
    void answerWithoutOriginIsNoSample() {
        assertThatThrownBy(() -> Start.of(Optional.empty(), Optional.empty(), TIMELINE, 1))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessageContaining("X-Hearth-Origin");
    }

    @Test
    void answerWithoutHandlerStartIsNoSample() {
        assertThatThrownBy(
                        () -> Start.of(Optional.of("boot"), Optional.empty(), Optional.of("assigned=1,responded=5"), 1))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessageContaining("handler_start");
    }
}
