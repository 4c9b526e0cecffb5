package dev.hearth.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hearth.model.Origin;
import dev.hearth.model.StartCause;
import org.junit.jupiter.api.Test;

class HostTest {
    private static final long SEED = 5;
    private static final long GIB = 1024L * 1024 * 1024;
    private static final long PLENTY = 100 * GIB;
    private static final long MINUTE = Workload.MINUTE_MICROS;

    private static Host run(Policy policy, long memory, Trace trace) {
        Host host = new Host(Workload.of(trace, ArrivalModel.UNIFORM, SEED), policy, memory);
        host.run();
        return host;
    }

    @Test
    void callsFartherApartThanTheTimeToLiveAreAllCold() {
        Host host = run(new KeepAlive("ttl", 10 * MINUTE), PLENTY, Traces.of(Traces.every(12, 20)));
        assertThat(host.tally().cold(StartCause.FIRST)).isEqualTo(1);
        assertThat(host.tally().cold(StartCause.RECOLD)).isEqualTo(19);
    }

    @Test
    void callsCloserThanTheTimeToLiveFindTheInstanceOfTheFirst() {
        Host host = run(new KeepAlive("ttl", 10 * MINUTE), PLENTY, Traces.of(Traces.every(8, 20)));
        assertThat(host.tally().cold()).isEqualTo(1);
        assertThat(host.tally().from(Origin.WARM)).isEqualTo(19);
    }

    @Test
    void idleMemoryIsWhatAnInstanceHoldsForItsTimeToLive() {
        Host host = run(new KeepAlive("ttl", 10 * MINUTE), PLENTY, Traces.of(Traces.every(30, 6)));
        // A GiB for ten minutes, six times.
        assertThat(host.memory().idleGibHours()).isEqualTo(1.0, within(0.001));
        assertThat(host.memory().resident()).isZero();
    }

    @Test
    void functionsThatDoNotFitTogetherEndEachOthersInstances() {
        Trace trace = Traces.of(Traces.every(2, 50), Traces.every(2, 50));
        assertThat(run(new KeepAlive("never", KeepAlive.FOREVER), PLENTY, trace)
                        .tally()
                        .cold())
                .isEqualTo(2);
        Host tight = run(new KeepAlive("never", KeepAlive.FOREVER), GIB, trace);
        assertThat(tight.tally().cold()).isGreaterThan(20);
        assertThat(tight.tally().ended).isEqualTo(tight.tally().cold() - 1);
    }

    @Test
    void hearthFindsAStandbyForTheFirstCallAndHoldsLessThanOneThatNeverUnloads() {
        Trace trace = Traces.of(Traces.every(30, 40));
        Host never = run(new KeepAlive("never", KeepAlive.FOREVER), PLENTY, trace);
        Host hearth = run(new Hearth("Hearth", false, false), PLENTY, trace);
        assertThat(hearth.tally().cold()).isZero();
        assertThat(hearth.memory().idleGibHours())
                .isLessThan(0.5 * never.memory().idleGibHours());
        // Once the habit is known its memory is there when the call comes.
        assertThat(hearth.tally().from(Origin.PAGEIN)).isLessThan(10);
        assertThat(hearth.tally().from(Origin.THAW)).isGreaterThan(30);
    }

    @Test
    void declaredScheduleLeavesOnlyTheFirstCallInSwap() {
        Trace.Function timer = Traces.function("t", 1, Traces.every(30, 40));
        Trace trace = new Trace(
                "made by hand",
                java.util.List.of(new Trace.Function(
                        timer.id(), true, timer.memoryMib(), timer.durationsMillis(), timer.perMinute())));
        Host host = run(new Hearth("Hearth", true, false), PLENTY, trace);
        assertThat(host.tally().from(Origin.PAGEIN)).isEqualTo(1);
        // A second before each tick and ten after it instead of half an hour.
        assertThat(host.memory().idleGibHours()).isLessThan(0.5);
    }

    @Test
    void sparesTakeWhatComesAtOnce() {
        int[] pairs = new int[120];
        java.util.Arrays.fill(pairs, 200);
        Trace trace = new Trace("made by hand", java.util.List.of(Traces.function("f", 300, pairs)));
        Host without = run(new Hearth("Hearth", false, false), PLENTY, trace);
        Host with = run(new Hearth("Hearth", false, true), PLENTY, trace);
        assertThat(without.tally().cold(StartCause.SCALE_UP)).isPositive();
        assertThat(with.tally().cold()).isLessThan(without.tally().cold());
    }

    @Test
    void hybridHistogramUnloadsAndLoadsAgainBeforeTheCall() {
        Trace trace = Traces.of(Traces.every(30, 40));
        Host never = run(new KeepAlive("never", KeepAlive.FOREVER), PLENTY, trace);
        Host hybrid = run(new HybridHistogram(), PLENTY, trace);
        assertThat(hybrid.tally().cold()).isLessThan(6);
        assertThat(hybrid.memory().idleGibHours())
                .isLessThan(0.5 * never.memory().idleGibHours());
    }

    @Test
    void policyThatForgetsACallerIsFound() {
        Policy forgetful = new Policy("forgetful") {
            @Override
            void demand(Host host, HostedFunction function) {}
        };
        assertThatThrownBy(() -> run(forgetful, PLENTY, Traces.of(new int[] {1})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing will ever happen again");
    }

    @Test
    void policyThatTakesMoreMemoryThanThereIsIsFound() {
        Policy greedy = new KeepAlive("greedy", KeepAlive.FOREVER) {
            @Override
            void begin(Host host) {
                for (int i = 0; i < 2_000; i++) {
                    host.functions().forEach(host::standBy);
                }
            }

            @Override
            void makeRoom(Host host, long bytes) {}
        };
        assertThatThrownBy(() -> run(greedy, GIB, Traces.of(new int[] {1})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("more memory than there is");
    }

    @Test
    void sameSeedGivesTheSameRun() {
        Trace trace = Traces.of(Traces.every(3, 100), Traces.every(5, 60));
        Host one = run(new Hearth("Hearth", false, true), 4 * GIB, trace);
        Host other = run(new Hearth("Hearth", false, true), 4 * GIB, trace);
        assertThat(one.memory().idleGibHours()).isEqualTo(other.memory().idleGibHours());
        assertThat(one.tally().from(Origin.PAGEIN)).isEqualTo(other.tally().from(Origin.PAGEIN));
    }
}
