package dev.hearth.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadTest {
    private static final long SEED = 11;

    @Test
    void sampleHasTheFunctionsAndInvocationsThatItsDescriptionTells() throws IOException {
        Trace trace = TraceReader.bundled("azure2019_500");
        int calls = trace.functions().stream()
                .mapToInt(f -> Arrays.stream(f.perMinute()).sum())
                .sum();
        assertThat(trace.functions()).hasSize(500);
        assertThat(trace.minutes()).isEqualTo(480);
        assertThat(calls).isEqualTo(3_037_902);
        assertThat(trace.functions()).filteredOn(Trace.Function::timer).hasSize(247);
    }

    @Test
    void eachMinuteHasTheCallsOfTheTraceInTheirOrder() {
        Workload workload =
                Workload.of(Traces.of(new int[] {3, 0, 2}, new int[] {0, 5, 1}), ArrivalModel.UNIFORM, SEED);
        int[][] counts = new int[2][3];
        long before = 0;
        for (int i = 0; i < workload.size(); i++) {
            assertThat(workload.arrivalMicros(i)).isGreaterThanOrEqualTo(before);
            before = workload.arrivalMicros(i);
            counts[workload.function(i)][(int) (before / Workload.MINUTE_MICROS)]++;
        }
        assertThat(counts).isEqualTo(new int[][] {{3, 0, 2}, {0, 5, 1}});
    }

    @Test
    void squeezedCallsOfAMinuteLieWithinFiveSeconds() {
        Workload workload = Workload.of(Traces.of(new int[] {500}), ArrivalModel.SQUEEZED, SEED);
        assertThat(workload.arrivalMicros(499) - workload.arrivalMicros(0)).isBetween(4_500_000L, 5_000_000L);
    }

    @Test
    void eachCallKnowsTheNextOneOfItsFunction() {
        Workload workload = Workload.of(Traces.of(new int[] {4, 4}, new int[] {4, 4}), ArrivalModel.UNIFORM, SEED);
        for (int i = 0; i < workload.size(); i++) {
            int next = workload.following(i);
            for (int k = i + 1; k < (next < 0 ? workload.size() : next); k++) {
                assertThat(workload.function(k)).isNotEqualTo(workload.function(i));
            }
            if (next >= 0) {
                assertThat(workload.function(next)).isEqualTo(workload.function(i));
            }
        }
    }

    @Test
    void executionTimesFollowThePercentiles() {
        Trace trace = new Trace(
                "made by hand",
                java.util.List.of(new Trace.Function(
                        "f", false, 100, new double[] {0, 1, 10, 20, 40, 100, 1_000}, new int[] {20_000})));
        Workload workload = Workload.of(trace, ArrivalModel.UNIFORM, SEED);
        int[] sorted = java.util.stream.IntStream.range(0, workload.size())
                .map(workload::durationMicros)
                .sorted()
                .toArray();
        assertThat(sorted[10_000]).isBetween(19_500, 20_500);
        assertThat(sorted[15_000]).isBetween(38_500, 41_500);
        assertThat(sorted[0]).isGreaterThanOrEqualTo(500);
        assertThat(sorted[19_999]).isBetween(500_000, 1_000_000);
    }

    @Test
    void functionWithoutItsExecutionTimesIsNamed(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("invocations.csv"), "HashOwner,HashApp,HashFunction,Trigger,0\no,a,f7,http,1\n");
        Files.writeString(folder.resolve("memory.csv"), "HashFunction,AverageAllocatedMb\nf7,10\n");
        Files.writeString(folder.resolve("durations.csv"), "HashFunction,percentile_Average_0\n");
        assertThatThrownBy(() -> TraceReader.folder(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("f7");
    }
}
