package dev.hearth.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PanicTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void twiceAsManyCallersAsInstancesAreABurst() {
        assertThat(new Panic().observe(20, 10, 0)).isTrue();
        assertThat(new Panic().observe(19, 10, 0)).isFalse();
    }

    @Test
    void fewCallersAreLeftToTheStandingSpares() {
        assertThat(new Panic().observe(9, 1, 0)).isFalse();
        assertThat(new Panic().observe(10, 1, 0)).isTrue();
    }

    @Test
    void panicLastsAMinuteAfterItsLastMoment() {
        Panic panic = new Panic();
        panic.observe(20, 5, 0);
        panic.observe(20, 5, 30 * SECOND);
        assertThat(panic.isPanicking(90 * SECOND - 1)).isTrue();
        assertThat(panic.isPanicking(90 * SECOND)).isFalse();
    }

    @Test
    void panicIsStaffedForTheMostSeenAndForgetsItAfterwards() {
        Panic panic = new Panic();
        panic.observe(50, 5, 0);
        panic.observe(80, 60, SECOND);
        assertThat(panic.demand(3, 2 * SECOND)).isEqualTo(80);
        assertThat(panic.demand(90, 2 * SECOND)).isEqualTo(90);
        assertThat(panic.demand(3, 60 * SECOND)).isEqualTo(3);
        panic.observe(12, 5, 100 * SECOND);
        assertThat(panic.demand(3, 101 * SECOND)).isEqualTo(12);
    }

    @Test
    void calmVersionIsStaffedForWhatItHas() {
        assertThat(new Panic().demand(7, 0)).isEqualTo(7);
    }

    @Test
    void clockMayOverflow() {
        Panic panic = new Panic();
        panic.observe(20, 5, Long.MAX_VALUE - SECOND);
        assertThat(panic.isPanicking(Long.MIN_VALUE + SECOND)).isTrue();
        assertThat(panic.isPanicking(Long.MIN_VALUE + 60 * SECOND)).isFalse();
    }
}
