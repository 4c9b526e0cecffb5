package dev.hearth.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WaitsTest {
    private static LongStream millis(int upTo) {
        return LongStream.rangeClosed(1, upTo).map(millis -> millis * 1_000_000);
    }

    @Test
    void percentilesAreByNearestRank() {
        Waits waits = Waits.of(millis(200));

        assertThat(waits.p50()).isEqualTo(100);
        assertThat(waits.p90()).isEqualTo(180);
        assertThat(waits.p99()).isEqualTo(198);
        assertThat(waits.max()).isEqualTo(200);
    }

    @Test
    void tailIsLeftOutWhereThereAreTooFewSamples() {
        assertThat(Waits.of(millis(199)).p99()).isNull();
        assertThat(Waits.of(millis(999)).p999()).isNull();
        assertThat(Waits.of(millis(1_000)).p999()).isEqualTo(999);
    }

    @Test
    void sharesCountWhatIsAboveNotWhatIsEqual() {
        Waits waits = Waits.of(millis(200));

        assertThat(waits.above1()).isEqualTo(0.995);
        assertThat(waits.above10()).isEqualTo(0.95);
        assertThat(waits.above100()).isEqualTo(0.5);
    }

    @Test
    void nothingMeasuredIsNotANumberSoThatNoPromiseHolds() {
        assertThat(Waits.of(LongStream.empty()).p50()).isNaN();
    }
}
