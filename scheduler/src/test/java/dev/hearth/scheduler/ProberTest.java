package dev.hearth.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.scheduler.Prober.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProberTest {
    private static final long MS = 1_000_000;
    private static final long STEP = 1_700 * MS;
    private final Prober prober = new Prober(Duration.ofSeconds(10));
    private long now;

    @Test
    void instanceIsColdUntilItIsProbedAndReadyWithItsFirstHealthyAnswer() {
        prober.started("a", 0);
        assertThat(prober.health("a")).contains(new Health.Cold());
        assertThat(prober.due(0)).containsExactly("a");
        assertThat(prober.health("a")).contains(new Health.Warming(0));
        assertThat(prober.answered("a", Answer.HEALTHY, MS)).contains(new Health.Ready(0));
    }

    @Test
    void waitDoublesFromAHundredMillisecondsToFiveSeconds() {
        Prober patient = new Prober(Duration.ofMinutes(5));
        patient.started("a", 0);
        patient.due(0);
        List<Long> waits = new ArrayList<>();
        long asked = 0;
        for (int probe = 0; probe < 8; probe++) {
            patient.answered("a", Answer.REFUSED, asked);
            long due = asked;
            while (patient.due(due).isEmpty()) {
                due += 50 * MS;
            }
            waits.add((due - asked) / MS);
            asked = due;
        }
        assertThat(waits).containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L);
    }

    @Test
    void noMoreThanThreeProbesRunAtOnce() {
        for (String id : List.of("a", "b", "c", "d", "e")) {
            prober.started(id, 0);
        }
        assertThat(prober.due(0)).containsExactly("a", "b", "c");
        assertThat(prober.due(0)).isEmpty();
        prober.answered("b", Answer.HEALTHY, MS);
        assertThat(prober.due(MS)).containsExactly("d");
    }

    @Test
    void instanceIsNotProbedTwiceAtOnce() {
        prober.started("a", 0);
        assertThat(prober.due(0)).containsExactly("a");
        assertThat(prober.due(60_000 * MS)).isEmpty();
    }

    @Test
    void threeFailuresInARowMakeAReadyInstanceAbnormal() {
        ready("a");
        probe("a", Answer.UNHEALTHY);
        probe("a", Answer.REFUSED);
        assertThat(prober.health("a")).contains(new Health.Ready(2));
        probe("a", Answer.UNHEALTHY);
        assertThat(prober.health("a").orElseThrow()).isInstanceOf(Health.Abnormal.class);
        assertThat(prober.due(Long.MAX_VALUE / 2)).isEmpty();
    }

    @Test
    void healthyAnswerBetweenFailuresBeginsTheRowAnew() {
        ready("a");
        probe("a", Answer.UNHEALTHY);
        probe("a", Answer.UNHEALTHY);
        probe("a", Answer.HEALTHY);
        probe("a", Answer.UNHEALTHY);
        assertThat(prober.health("a")).contains(new Health.Ready(1));
    }

    @Test
    void nobodyListeningYetIsNoFailureWhileAnInstanceWarms() {
        prober.started("a", 0);
        for (int i = 0; i < 4; i++) {
            probe("a", Answer.REFUSED);
        }
        assertThat(prober.health("a")).contains(new Health.Warming(0));
        probe("a", Answer.HEALTHY);
        assertThat(prober.health("a")).contains(new Health.Ready(0));
    }

    @Test
    void warmingInstanceThatSaysThriceItIsNotWellIsAbnormal() {
        prober.started("a", 0);
        probe("a", Answer.UNHEALTHY);
        probe("a", Answer.UNHEALTHY);
        probe("a", Answer.UNHEALTHY);
        assertThat(prober.health("a").orElseThrow()).isInstanceOf(Health.Abnormal.class);
    }

    @Test
    void warmingEndsWithTheStartLimit() {
        prober.started("a", 0);
        prober.due(0);
        prober.answered("a", Answer.REFUSED, 10_000 * MS - 1);
        assertThat(prober.health("a")).contains(new Health.Warming(0));
        assertThat(prober.due(20_000 * MS)).containsExactly("a");
        assertThat(prober.answered("a", Answer.REFUSED, 20_000 * MS))
                .contains(new Health.Abnormal("it was not healthy within 10000 ms of its start"));
    }

    @Test
    void answerOfAnInstanceThatEndedFreesItsProbe() {
        for (String id : List.of("a", "b", "c", "d")) {
            prober.started(id, 0);
        }
        prober.due(0);
        prober.ended("a");
        assertThat(prober.due(0)).isEmpty();
        assertThat(prober.answered("a", Answer.UNHEALTHY, 0)).isEmpty();
        assertThat(prober.due(0)).containsExactly("d");
    }

    private void ready(String id) {
        prober.started(id, now);
        probe(id, Answer.HEALTHY);
    }

    private void probe(String id, Answer answer) {
        assertThat(prober.due(now)).containsExactly(id);
        prober.answered(id, answer, now);
        boolean warming = prober.health(id).orElseThrow() instanceof Health.Warming;
        now += warming ? STEP : Prober.LONGEST_BACK_OFF_NANOS;
    }
}
