package dev.hearth.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.benchmarks.FirstCallTally.Row;
import dev.hearth.benchmarks.FirstCallTally.When;
import org.junit.jupiter.api.Test;

class FirstCallTallyTest {
    private static final Row OURS = new Row("Hearth", "Go");
    private static final Row OTHER = new Row("Other", "Go");

    private final FirstCallTally tally = new FirstCallTally();

    @Test
    void platformsAreComparedByTheirMediansOfTheSameOccasion() {
        tally.add(OURS, When.FIRST, 2_000_000, "thaw");
        tally.add(OTHER, When.FIRST, 50_000_000, "");
        tally.add(OTHER, When.WARM, 1_000_000, "");

        assertThat(tally.timesHearth(OTHER, When.FIRST, "Hearth")).isEqualTo(25);
        assertThat(tally.timesHearth(OTHER, When.AFTER_IDLE, "Hearth")).isNaN();
    }

    @Test
    void originsAreThoseOfColdCallsOnly() {
        tally.add(OURS, When.FIRST, 1, "thaw");
        tally.add(OURS, When.WARM, 1, "warm");
        tally.add(OURS, When.AFTER_IDLE, 1, "pagein");

        assertThat(tally.origins(OURS)).containsOnlyKeys("first: thaw", "idle: pagein");
    }
}
