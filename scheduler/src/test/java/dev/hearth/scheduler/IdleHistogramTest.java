package dev.hearth.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdleHistogramTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static IdleHistogram of(long idleNanos, int times) {
        IdleHistogram histogram = new IdleHistogram();
        for (int i = 0; i < times; i++) {
            histogram.record(idleNanos);
        }
        return histogram;
    }

    @Test
    void fewIdleTimesSayNothing() {
        assertThat(of(30 * MINUTE, 3).window().learnt()).isFalse();
        assertThat(of(30 * MINUTE, 4).window().learnt()).isTrue();
    }

    @Test
    void functionOfEveryHalfHourIsPagedInAtNineTenthsAndOutAfterElevenTenths() {
        PagingWindow window = of(30 * MINUTE + SECOND, 20).window();
        assertThat(window.pageInNanos()).isEqualTo(27 * MINUTE);
        assertThat(window.pageOutNanos()).isEqualTo((long) (31 * MINUTE * 1.1));
    }

    @Test
    void functionThatMayBeCalledAtAnyMomentStaysThere() {
        IdleHistogram histogram = of(SECOND, 50);
        histogram.record(20 * MINUTE);
        assertThat(histogram.window().pageInNanos()).isZero();
        // One in fifty-one is more than the hundredth part.
        assertThat(histogram.window().pageOutNanos()).isEqualTo((long) (21 * MINUTE * 1.1));
    }

    @Test
    void singleLongIdleTimeInTwoHundredDoesNotKeepTheMemory() {
        IdleHistogram histogram = of(SECOND, 200);
        histogram.record(200 * MINUTE);
        assertThat(histogram.window().pageOutNanos()).isEqualTo((long) (MINUTE * 1.1));
    }

    @Test
    void oldHabitsFade() {
        IdleHistogram histogram = of(5 * MINUTE, 1_000);
        for (int i = 0; i < 2_000; i++) {
            histogram.record(60 * MINUTE);
        }
        assertThat(histogram.window().pageInNanos()).isEqualTo(54 * MINUTE);
        assertThat(histogram.window().pageOutNanos()).isEqualTo((long) (61 * MINUTE * 1.1));
    }

    @Test
    void longestIdleTimesAreBounded() {
        IdleHistogram histogram = of(Duration.ofDays(3).toNanos(), 20);
        assertThat(histogram.window().pageInNanos()).isEqualTo(216 * MINUTE);
        assertThat(histogram.window().pageOutNanos()).isEqualTo(264 * MINUTE);
        assertThat(of(240 * MINUTE, 10).window()).isEqualTo(histogram.window());
        assertThat(of(239 * MINUTE, 10).window().pageInNanos()).isEqualTo((long) (239 * MINUTE * 0.9));
    }

    @Test
    void negativeIdleTimeOfOverlappingCallsIsNone() {
        assertThat(of(-5, 10).window().pageOutNanos()).isEqualTo((long) (MINUTE * 1.1));
    }

    @Test
    void countsNeverOverflow() {
        IdleHistogram histogram = of(0, 1_000_000);
        assertThat(histogram.window().pageOutNanos()).isEqualTo((long) (MINUTE * 1.1));
    }

    /// Against a plain count of the last 200 idle times: the windows agree within the bins' width.
    @Test
    void percentilesAreThoseOfTheIdleTimes() {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            IdleHistogram histogram = new IdleHistogram();
            long[] idle = new long[200];
            int scale = 1 + random.nextInt(200);
            for (int k = 0; k < idle.length; k++) {
                idle[k] = (long) (random.nextDouble() * scale * MINUTE);
                histogram.record(idle[k]);
            }
            Arrays.sort(idle);
            long fifth = idle[9];
            long ninetyNinth = idle[197];
            assertThat(histogram.window().pageInNanos())
                    .as("seed %d, case %d", seed, i)
                    .isBetween((long) ((fifth - MINUTE) * 0.9), (long) (fifth * 0.9) + 1);
            assertThat(histogram.window().pageOutNanos())
                    .as("seed %d, case %d", seed, i)
                    .isBetween((long) (ninetyNinth * 1.1) - 1, (long) ((ninetyNinth + MINUTE) * 1.1));
        }
    }
}
