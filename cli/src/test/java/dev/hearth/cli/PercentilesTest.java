package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    @Test
    void percentilesAreByNearestRank() {
        Percentiles ten = upTo(10);

        assertThat(ten.median()).isEqualTo(5);
        assertThat(ten.at(0.9)).hasValue(9);
        assertThat(ten.max()).hasValue(10);
        assertThat(ten.shareAbove(7)).isEqualTo(0.3);
    }

    @Test
    void tailIsUnknownUntilThereAreSamplesEnough() {
        assertThat(upTo(199).at(0.99)).isEmpty();
        assertThat(upTo(200).at(0.99)).hasValue(198);
        assertThat(upTo(999).at(0.999)).isEmpty();
        assertThat(upTo(1_000).at(0.999)).hasValue(999);
        assertThat(Percentiles.whyMissing(199)).contains("no p99 from");
        assertThat(Percentiles.whyMissing(200)).doesNotContain("no p99 from").contains("no p99.9");
        assertThat(Percentiles.whyMissing(1_000)).isEmpty();
    }

    @Test
    void nothingMeasuredIsNothing() {
        Percentiles none = Percentiles.of(new long[0]);

        assertThat(none.at(0.5)).isEqualTo(OptionalLong.empty());
        assertThat(none.max()).isEmpty();
        assertThat(none.shareAbove(0)).isZero();
    }

    private static Percentiles upTo(int count) {
        return Percentiles.of(LongStream.rangeClosed(1, count).toArray());
    }
}
