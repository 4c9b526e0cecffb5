package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.cli.Phases.Phase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PhasesTest {
    @Test
    void phasesFollowTheTimesWhateverThePointsAreCalled() {
        StartReport late = report("assigned=30,sandbox_ready=10,init_done=29,handler_start=32,responded=40");

        assertThat(Phases.typical(List.of(late)))
                .containsExactly(
                        new Phase("sandbox", 0, 10),
                        new Phase("init", 10, 19),
                        new Phase("queue", 29, 1),
                        new Phase("hand over", 30, 2),
                        new Phase("answer", 32, 8));
    }

    @Test
    void eachPointIsAtItsMedian() {
        List<StartReport> reports = List.of(
                report("handler_start=10,responded=20"),
                report("handler_start=11,responded=900"),
                report("handler_start=99,responded=22"));

        assertThat(Phases.typical(reports)).containsExactly(new Phase("hand over", 0, 11), new Phase("answer", 11, 11));
    }

    @Test
    void hiddenInitIsNoPointInTime() {
        assertThat(Phases.typical(List.of(report("handler_start=1,hidden_init=5000"))))
                .containsExactly(new Phase("hand over", 0, 1));
    }

    private static StartReport report(String timeline) {
        return StartReport.of(Optional.of("boot"), Optional.empty(), Optional.of(timeline))
                .orElseThrow();
    }
}
