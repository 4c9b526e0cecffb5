package dev.hearth.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PanicTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void twiceAsManyCallersAsInstancesAreABurst() {
        assertThat(new Panic().observe(10, 10, 10, 0)).isTrue();
        assertThat(new Panic().observe(10, 9, 10, 0)).isFalse();
    }

    @Test
    void fewCallersAreLeftToTheStandingSpares() {
        assertThat(new Panic().observe(1, 8, 1, 0)).isFalse();
        assertThat(new Panic().observe(1, 9, 1, 0)).isTrue();
    }

    @Test
    void panicLastsAMinuteAfterItsLastMoment() {
        Panic panic = new Panic();
        panic.observe(5, 15, 5, 0);
        panic.observe(5, 15, 5, 30 * SECOND);
        assertThat(panic.isPanicking(90 * SECOND - 1)).isTrue();
        assertThat(panic.isPanicking(90 * SECOND)).isFalse();
    }

    @Test
    void panicIsStaffedForTheMostThatWereBusyAndForgetsThemAfterwards() {
        Panic panic = new Panic();
        panic.observe(5, 45, 5, 0);
        panic.observe(60, 20, 60, SECOND);
        assertThat(panic.demand(3, 2 * SECOND)).isEqualTo(60);
        assertThat(panic.demand(90, 2 * SECOND)).isEqualTo(90);
        assertThat(panic.demand(3, 3 * SECOND)).isEqualTo(90);
        assertThat(panic.demand(3, 60 * SECOND)).isEqualTo(3);
        panic.observe(5, 7, 5, 100 * SECOND);
        assertThat(panic.demand(3, 101 * SECOND)).isEqualTo(5);
    }

    @Test
    void backlogIsNotStaffedFor() {
        Panic panic = new Panic();
        panic.observe(5, 5_000, 5, 0);
        assertThat(panic.demand(5, 0)).isEqualTo(5);
    }

    @Test
    void calmVersionIsStaffedForWhatItHas() {
        assertThat(new Panic().demand(7, 0)).isEqualTo(7);
    }

    @Test
    void clockMayOverflow() {
        Panic panic = new Panic();
        panic.observe(5, 15, 5, Long.MAX_VALUE - SECOND);
        assertThat(panic.isPanicking(Long.MIN_VALUE + SECOND)).isTrue();
        assertThat(panic.isPanicking(Long.MIN_VALUE + 60 * SECOND)).isFalse();
    }
}
