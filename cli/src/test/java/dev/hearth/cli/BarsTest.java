package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BarsTest {
    @Test
    void barsStartAndEndWhereTheyBelong() {
        assertThat(Bars.of(0, 1, 4)).isEqualTo("████");
        assertThat(Bars.of(0.5, 0.5, 4)).isEqualTo("  ██");
        assertThat(Bars.of(0, 0.125, 4)).isEqualTo("▌");
    }

    @Test
    void whatIsShortIsStillSeen() {
        assertThat(Bars.of(0, 0, 40)).isEqualTo("▏");
        assertThat(Bars.of(1, 0, 4)).isEqualTo("    ▏");
    }
}
