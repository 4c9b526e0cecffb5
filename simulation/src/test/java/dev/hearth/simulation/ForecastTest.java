package dev.hearth.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ForecastTest {
    @Test
    void steadyCallsAreExpectedToGoOn() {
        Forecast smoothing = new Forecast.Smoothing();
        Forecast autoregression = new Forecast.Autoregression();
        for (int i = 0; i < 100; i++) {
            smoothing.record(40);
            autoregression.record(40);
        }
        assertThat(smoothing.next()).isEqualTo(40, within(0.01));
        assertThat(autoregression.next()).isEqualTo(40, within(0.01));
    }

    @Test
    void smoothingFollowsATrend() {
        Forecast smoothing = new Forecast.Smoothing();
        for (int i = 0; i < 100; i++) {
            smoothing.record(10 * i);
        }
        assertThat(smoothing.next()).isEqualTo(1_000, within(5.0));
    }

    @Test
    void autoregressionLearnsThatCallsAlternate() {
        Forecast autoregression = new Forecast.Autoregression();
        for (int i = 0; i < 60; i++) {
            autoregression.record(i % 2 == 0 ? 10 : 90);
        }
        assertThat(autoregression.next()).isLessThan(20);
    }
}
