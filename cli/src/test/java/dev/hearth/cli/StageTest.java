package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StageTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void constantRateSpacesRequestsEvenly() {
        Stage stage = Stage.parse("200/30s");

        assertThat(stage.requests()).isEqualTo(6_000);
        assertThat(stage.dueNanos(0)).isZero();
        assertThat(stage.dueNanos(1)).isEqualTo(5_000_000);
        assertThat(stage.dueNanos(200)).isEqualTo(SECOND);
        assertThat(stage.readable()).isEqualTo("200/s, 30 s");
    }

    @Test
    void changingRateHasTheRateOfEachMomentThen() {
        Stage stage = Stage.parse("200-1200/10s");

        assertThat(stage.requests()).isEqualTo(7_000);
        assertThat(dueBetween(stage, 0, SECOND)).isBetween(249L, 251L);
        assertThat(dueBetween(stage, 9 * SECOND, 10 * SECOND)).isBetween(1_149L, 1_151L);
        assertThat(stage.readable()).isEqualTo("200 to 1,200/s, 10 s");
    }

    @Test
    void fallingRateEndsWithinItsTime() {
        Stage stage = Stage.parse("100-0/2s");

        assertThat(stage.requests()).isEqualTo(100);
        assertThat(stage.dueNanos(99)).isLessThan(2 * SECOND).isGreaterThan(SECOND);
    }

    @Test
    void lengthsHaveUnits() {
        assertThat(Stage.parse("1/250ms").length()).isEqualTo(Duration.ofMillis(250));
        assertThat(Stage.parse("1/2m").length()).isEqualTo(Duration.ofMinutes(2));
        assertThat(Stage.parse("0.5/24h").requests()).isEqualTo(43_200);
    }

    @Test
    void whatIsNoStageIsRefusedWithTheForm() {
        for (String text : new String[] {"", "200", "200/30", "x/1s", "0/1s", "100001/1s", "1/0s", "1/25h", "-1/1s"}) {
            assertThatThrownBy(() -> Stage.parse(text))
                    .as(text)
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("'" + text + "' is no stage");
        }
    }

    private static long dueBetween(Stage stage, long from, long to) {
        return LongStream.range(0, stage.requests())
                .map(stage::dueNanos)
                .filter(due -> due >= from && due < to)
                .count();
    }
}
