package dev.hearth.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.scheduler.Staffing.Situation;
import org.junit.jupiter.api.Test;

class StaffingTest {
    private static final long UNKNOWN = 0;
    private static final long QUICK = 250_000;
    private static final long SLOW = 50_000_000;

    @Test
    void eachWaitingInvocationThatNothingWillServeGetsAnInstance() {
        assertThat(Staffing.toStart(new Situation(3, 1, 0, 0, UNKNOWN, true, 100)))
                .isEqualTo(2);
    }

    @Test
    void settlingInstanceServesTheNextCallerWhileItsMomentLasts() {
        assertThat(Staffing.toStart(new Situation(1, 0, 1, 1, UNKNOWN, true, 100)))
                .isZero();
    }

    @Test
    void settlingInstanceNoLongerCountsOnceItsMomentIsOver() {
        assertThat(Staffing.toStart(new Situation(1, 0, 1, 1, UNKNOWN, false, 100)))
                .isEqualTo(1);
    }

    @Test
    void queueOfAQuickFunctionIsLeftToTheInstancesItHas() {
        // 28 waiting and 4 served, a quarter of a millisecond each, make 2 ms of work for each of four.
        assertThat(Staffing.toStart(new Situation(28, 0, 4, 0, QUICK, true, 100)))
                .isZero();
        assertThat(Staffing.toStart(new Situation(30, 0, 2, 0, QUICK, true, 100)))
                .isEqualTo(2);
    }

    @Test
    void slowFunctionGetsAnInstanceForEachWhoWaits() {
        assertThat(Staffing.toStart(new Situation(10, 0, 1, 0, SLOW, true, 100)))
                .isEqualTo(10);
    }

    @Test
    void whoHasWaitedLongGetsAnInstanceWhateverTheAverageSays() {
        assertThat(Staffing.toStart(new Situation(3, 0, 4, 0, QUICK, false, 100)))
                .isEqualTo(3);
    }

    @Test
    void roomOnTheMachineIsTheLimit() {
        assertThat(Staffing.toStart(new Situation(10, 0, 0, 0, UNKNOWN, true, 4)))
                .isEqualTo(4);
        assertThat(Staffing.toStart(new Situation(10, 0, 0, 0, UNKNOWN, true, 0)))
                .isZero();
        assertThat(Staffing.toStart(new Situation(10, 0, 0, 0, UNKNOWN, true, -1)))
                .isZero();
    }

    @Test
    void moreOnTheirWayThanWaitingStartsNothing() {
        assertThat(Staffing.toStart(new Situation(1, 5, 0, 0, UNKNOWN, true, 100)))
                .isZero();
    }
}
