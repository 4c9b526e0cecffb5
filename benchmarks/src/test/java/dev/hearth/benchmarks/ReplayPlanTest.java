package dev.hearth.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.benchmarks.ReplayPlan.Call;
import dev.hearth.benchmarks.ReplayPlan.Terms;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayPlanTest {
    private static final List<Double> ALWAYS_600_MILLIS = Collections.nCopies(7, 600.0);

    private static Trace trace(List<List<Integer>> counts) {
        return new Trace(counts.stream()
                .map(perMinute -> new TraceFunction("f", "timer", perMinute, ALWAYS_600_MILLIS))
                .toList());
    }

    private static Terms terms(int minutes, double rate, boolean squeezed) {
        return new Terms(minutes, 60, rate, squeezed, 7);
    }

    @Test
    void timeAndDurationsAreCompressedAlike() {
        ReplayPlan plan = ReplayPlan.of(trace(List.of(List.of(0, 1, 0))), terms(3, 100, false));

        assertThat(plan.length()).isEqualTo(Duration.ofSeconds(3));
        Call call = plan.calls().getFirst();
        assertThat(call.atNanos()).isBetween(1_000_000_000L, 2_000_000_000L);
        assertThat(call.sleepMillis()).isEqualTo(10);
    }

    @Test
    void squeezedArrivalsComeInTheFirstFiveSecondsOfTheirMinute() {
        ReplayPlan plan = ReplayPlan.of(trace(List.of(List.of(0, 50))), terms(2, 100, true));

        assertThat(plan.calls())
                .hasSize(50)
                .allSatisfy(call -> assertThat(call.atNanos()).isBetween(1_000_000_000L, 1_083_333_334L));
    }

    @Test
    void busiestFunctionLosesCallsFirst() {
        ReplayPlan plan = ReplayPlan.of(trace(List.of(List.of(10_000), List.of(20), List.of(1))), terms(1, 100, false));

        assertThat(plan.calls().stream().filter(call -> call.function() == 1)).hasSize(20);
        assertThat(plan.calls().stream().filter(call -> call.function() == 2)).hasSize(1);
        assertThat(plan.calls().size()).isBetween(70, 130);
        assertThat(plan.leftOut()).isEqualTo(10_021 - plan.calls().size());
    }

    @Test
    void capLeavesEqualSharesToThoseAboveIt() {
        assertThat(ReplayPlan.capEach(List.of(100L, 5L, 100L), 45)).isEqualTo(20);
        assertThat(ReplayPlan.capEach(List.of(1L, 2L), 3)).isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void sameSeedGivesTheSamePlanInOrder() throws IOException {
        Trace trace = Trace.load();

        ReplayPlan plan = ReplayPlan.of(trace, terms(5, 100, false));

        assertThat(plan).isEqualTo(ReplayPlan.of(trace, terms(5, 100, false)));
        assertThat(plan.calls()).isSortedAccordingTo(Comparator.comparingLong(Call::atNanos));
    }

    @Test
    void traceHasAHundredFunctionsAndAllTheirCalls() throws IOException {
        Trace trace = Trace.load();

        assertThat(trace.functions()).hasSize(100);
        assertThat(trace.minutes()).isEqualTo(480);
        assertThat(trace.functions().stream()
                        .mapToLong(function -> function.calls(480))
                        .sum())
                .isEqualTo(339_657);
    }

    @Test
    void sampleKeepsTheBusiestAndReachesToTheQuiet() throws IOException {
        Trace sample = Trace.load().sample(10);

        assertThat(sample.functions()).hasSize(10);
        assertThat(sample.functions().getFirst().calls(480)).isEqualTo(273_379);
        assertThat(sample.functions().getLast().calls(480)).isLessThan(10);
    }
}
