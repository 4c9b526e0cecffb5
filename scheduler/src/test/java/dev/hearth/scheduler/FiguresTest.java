package dev.hearth.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.model.Origin;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void firstMeasurementReplacesWhatIsTypical() {
        Figures figures = Figures.typical().observed(Origin.BOOT, 27_000_000);
        assertThat(figures.nanos(Origin.BOOT)).isEqualTo(27_000_000);
        assertThat(figures.isMeasured(Origin.BOOT)).isTrue();
        assertThat(figures.isMeasured(Origin.THAW)).isFalse();
    }

    @Test
    void singleSlowStartDoesNotOverturnWhatWasMeasured() {
        Figures figures = Figures.typical().calibrated(Origin.THAW, 400_000).observed(Origin.THAW, 4_400_000);
        assertThat(figures.nanos(Origin.THAW)).isEqualTo(1_400_000);
    }

    @Test
    void changedFiguresLeaveTheOldOnesAsTheyWere() {
        Figures before = Figures.typical();
        long boot = before.nanos(Origin.BOOT);
        assertThat(before.calibrated(Origin.BOOT, 1)).isNotEqualTo(before);
        assertThat(before.nanos(Origin.BOOT)).isEqualTo(boot);
    }

    @Test
    void negativeTimeIsRefused() {
        assertThatThrownBy(() -> Figures.typical().calibrated(Origin.FORK, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fork");
    }
}
