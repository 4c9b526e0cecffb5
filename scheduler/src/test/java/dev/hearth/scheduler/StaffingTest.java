package dev.hearth.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.scheduler.Staffing.Situation;
import dev.hearth.scheduler.Staffing.Standing;
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

    @Test
    void oneStandsByWhenNothingIsBusyAndSomeMoreAsMoreAre() {
        assertThat(Staffing.target(0)).isEqualTo(1);
        assertThat(Staffing.target(1)).isEqualTo(3);
        assertThat(Staffing.target(4)).isEqualTo(7);
        assertThat(Staffing.target(5)).isEqualTo(9);
        assertThat(Staffing.target(100)).isEqualTo(111);
    }

    @Test
    void quickFunctionHasNoMoreSparesThanItsWorkAsksFor() {
        // 32 busy for a quarter of a millisecond each are 8 ms of work, which four instances do in 2 ms.
        assertThat(Staffing.target(32, QUICK)).isEqualTo(5);
        assertThat(Staffing.target(32, SLOW)).isEqualTo(39);
        assertThat(Staffing.target(32, UNKNOWN)).isEqualTo(39);
        assertThat(Staffing.target(0, QUICK)).isEqualTo(1);
    }

    @Test
    void sparesAreStartedBehindACaller() {
        assertThat(Staffing.ahead(new Standing(1, 0, 1, SLOW, 1, 100))).isEqualTo(2);
        assertThat(Staffing.ahead(new Standing(1, 0, 3, SLOW, 1, 100))).isZero();
        assertThat(Staffing.ahead(new Standing(1, 0, 9, SLOW, 1, 100))).isZero();
    }

    @Test
    void noSpareIsStartedWhileCallersWait() {
        assertThat(Staffing.ahead(new Standing(4, 1, 4, SLOW, 1, 100))).isZero();
    }

    @Test
    void whatIsProvisionedIsThereWhateverTheDemand() {
        assertThat(Staffing.ahead(new Standing(0, 0, 1, SLOW, 5, 100))).isEqualTo(4);
    }

    @Test
    void sparesDoNotTakeTheRoomOfOthers() {
        assertThat(Staffing.ahead(new Standing(9, 0, 9, SLOW, 1, 2))).isEqualTo(2);
        assertThat(Staffing.ahead(new Standing(9, 0, 9, SLOW, 1, -3))).isZero();
    }

    @Test
    void tenthOfTheMemoryStaysFreeOfSpares() {
        assertThat(Staffing.roomAhead(1_000, 1_000, 100)).isEqualTo(9);
        assertThat(Staffing.roomAhead(199, 1_000, 100)).isZero();
        assertThat(Staffing.roomAhead(200, 1_000, 100)).isEqualTo(1);
        assertThat(Staffing.roomAhead(0, 1_000, 100)).isZero();
        assertThat(Staffing.roomAhead(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2, 1))
                .isPositive();
    }
}
