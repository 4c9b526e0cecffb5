package dev.hearth.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.Origin;
import dev.hearth.scheduler.Ladder.Ready;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LadderTest {
    private static final Figures TYPICAL = Figures.typical();

    @Test
    void idleInstanceBeatsEverything() {
        assertThat(Ladder.choose(new Ready(1, 1, 1, true, true, true), TYPICAL)).isEqualTo(Origin.WARM);
    }

    @Test
    void withNothingReadyARuntimeBoots() {
        assertThat(Ladder.choose(Ready.NOTHING, TYPICAL)).isEqualTo(Origin.BOOT);
    }

    @Test
    void eachRungIsTakenWhenItIsTheOnlyOneReady() {
        assertThat(Ladder.choose(new Ready(0, 1, 0, false, false, false), TYPICAL))
                .isEqualTo(Origin.THAW);
        assertThat(Ladder.choose(new Ready(0, 0, 1, false, false, false), TYPICAL))
                .isEqualTo(Origin.PAGEIN);
        assertThat(Ladder.choose(new Ready(0, 0, 0, true, false, false), TYPICAL))
                .isEqualTo(Origin.FORK);
        assertThat(Ladder.choose(new Ready(0, 0, 0, false, true, false), TYPICAL))
                .isEqualTo(Origin.STEM);
        assertThat(Ladder.choose(new Ready(0, 0, 0, false, false, true), TYPICAL))
                .isEqualTo(Origin.RESTORE);
    }

    @Test
    void forkIsTakenBeforeMemoryIsReadBackFromSwap() {
        assertThat(Ladder.choose(new Ready(0, 0, 1, true, false, false), TYPICAL))
                .isEqualTo(Origin.FORK);
    }

    @Test
    void figuresOfTheVersionOverruleExperience() {
        Figures small = TYPICAL.calibrated(Origin.PAGEIN, 900_000);
        assertThat(Ladder.choose(new Ready(0, 0, 1, true, false, false), small)).isEqualTo(Origin.PAGEIN);

        Figures withDependencies = TYPICAL.calibrated(Origin.STEM, 325_000_000).calibrated(Origin.BOOT, 281_000_000);
        assertThat(Ladder.choose(new Ready(0, 0, 0, false, true, false), withDependencies))
                .isEqualTo(Origin.BOOT);
    }

    @Test
    void ofEqualFiguresTheCheaperByExperienceIsTaken() {
        Figures equal = TYPICAL.calibrated(Origin.THAW, 5).calibrated(Origin.PAGEIN, 5);
        assertThat(Ladder.choose(new Ready(0, 1, 1, false, false, false), equal))
                .isEqualTo(Origin.THAW);
    }

    @Test
    void choiceIsNeverWorseThanAnyReadyRung() {
        long seed = 20_260_101;
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Ready ready = new Ready(
                    random.nextInt(2),
                    random.nextInt(2),
                    random.nextInt(2),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean());
            Figures figures = TYPICAL;
            for (Origin origin : Origin.values()) {
                figures = figures.calibrated(origin, random.nextInt(1_000));
            }
            Origin chosen = Ladder.choose(ready, figures);
            assertThat(ready.has(chosen)).as("seed %d, case %d", seed, i).isTrue();
            for (Origin other : Origin.values()) {
                if (ready.has(other)) {
                    assertThat(figures.nanos(chosen)).isLessThanOrEqualTo(figures.nanos(other));
                }
            }
        }
    }
}
