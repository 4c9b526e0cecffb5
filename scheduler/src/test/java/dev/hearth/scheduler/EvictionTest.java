package dev.hearth.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.scheduler.Eviction.Candidate;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvictionTest {
    @Test
    void longestIdleInstanceGoesFirst() {
        var candidates = List.of(new Candidate("young", 300), new Candidate("old", 100), new Candidate("middle", 200));
        assertThat(Eviction.victim(candidates).map(Candidate::id)).contains("old");
    }

    @Test
    void orderHoldsAcrossAnOverflowOfTheClock() {
        var candidates = List.of(new Candidate("young", Long.MIN_VALUE + 5), new Candidate("old", Long.MAX_VALUE - 5));
        assertThat(Eviction.victim(candidates).map(Candidate::id)).contains("old");
    }

    @Test
    void nothingIdleNothingToEnd() {
        assertThat(Eviction.victim(List.of())).isEmpty();
    }
}
