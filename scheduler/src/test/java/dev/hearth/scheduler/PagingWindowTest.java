package dev.hearth.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.scheduler.PagingWindow.Decision;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PagingWindowTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final PagingWindow HALF_HOURLY = PagingWindow.between(30 * MINUTE, 31 * MINUTE);

    @Test
    void memoryStaysForAMomentThenGoesThenIsBackBeforeTheNextCall() {
        assertThat(HALF_HOURLY.decide(SECOND, false)).isEqualTo(Decision.STAY);
        assertThat(HALF_HOURLY.decide(10 * SECOND, false)).isEqualTo(Decision.PAGE_OUT);
        assertThat(HALF_HOURLY.decide(20 * MINUTE, true)).isEqualTo(Decision.STAY);
        assertThat(HALF_HOURLY.decide(27 * MINUTE, true)).isEqualTo(Decision.PAGE_IN);
        assertThat(HALF_HOURLY.decide(30 * MINUTE, false)).isEqualTo(Decision.STAY);
        assertThat(HALF_HOURLY.decide(35 * MINUTE, false)).isEqualTo(Decision.PAGE_OUT);
        assertThat(HALF_HOURLY.decide(90 * MINUTE, true)).isEqualTo(Decision.STAY);
    }

    @Test
    void memoryThatWouldComeBackAtOnceDoesNotGo() {
        PagingWindow soon = PagingWindow.between(15 * SECOND, 5 * MINUTE);
        assertThat(soon.decide(11 * SECOND, false)).isEqualTo(Decision.STAY);
        assertThat(soon.decide(14 * SECOND, false)).isEqualTo(Decision.STAY);
    }

    @Test
    void scheduledFunctionIsThereJustBeforeItsTickAndGoneWhenItDoesNotCome() {
        PagingWindow window = PagingWindow.scheduled(60 * MINUTE, 2 * SECOND);
        assertThat(window.decide(59 * MINUTE, true)).isEqualTo(Decision.STAY);
        assertThat(window.decide(60 * MINUTE - SECOND, true)).isEqualTo(Decision.PAGE_IN);
        assertThat(window.decide(60 * MINUTE + SECOND, false)).isEqualTo(Decision.STAY);
        assertThat(window.decide(60 * MINUTE + 3 * SECOND, false)).isEqualTo(Decision.PAGE_OUT);
    }

    @Test
    void withoutKnowledgeTheConfiguredTimeHolds() {
        PagingWindow window = new IdleHistogram().window().orElseOutAfter(Duration.ofMinutes(2));
        assertThat(window.decide(2 * MINUTE - 1, false)).isEqualTo(Decision.STAY);
        assertThat(window.decide(2 * MINUTE, false)).isEqualTo(Decision.PAGE_OUT);
        assertThat(HALF_HOURLY.orElseOutAfter(Duration.ofMinutes(2))).isEqualTo(HALF_HOURLY);
    }

    @Test
    void memoryThatIsAlreadyWhereItBelongsIsLeftAlone() {
        for (long idle = 0; idle < 60 * MINUTE; idle += SECOND) {
            boolean out = HALF_HOURLY.decide(idle, false) == Decision.PAGE_OUT;
            assertThat(HALF_HOURLY.decide(idle, out)).isEqualTo(Decision.STAY);
        }
    }

    @Test
    void betweenTheChangesItTellsOfNoDecisionChanges() {
        boolean out = false;
        long looks = 0;
        for (long idle = 0; idle != Long.MAX_VALUE; idle = HALF_HOURLY.nextChangeNanos(idle), looks++) {
            Decision now = HALF_HOURLY.decide(idle, out);
            out = now == Decision.STAY ? out : now == Decision.PAGE_OUT;
            long until = Math.min(HALF_HOURLY.nextChangeNanos(idle), 60 * MINUTE);
            for (long between = idle; between < until; between += SECOND) {
                assertThat(HALF_HOURLY.decide(between, out)).isEqualTo(Decision.STAY);
            }
        }
        assertThat(looks).isEqualTo(4);
    }
}
