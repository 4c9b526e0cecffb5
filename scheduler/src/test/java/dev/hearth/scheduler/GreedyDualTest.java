package dev.hearth.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.scheduler.GreedyDual.Candidate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GreedyDualTest {
    private static final long MIB = 1024 * 1024;

    private static Candidate<String> candidate(String name, double frequency, double startMillis, long mib) {
        return new Candidate<>(name, 0, frequency, startMillis, mib * MIB);
    }

    @Test
    void whatIsCheapToStartAndLargeGoesFirst() {
        var python = candidate("python", 10, 60, 20);
        var java = candidate("java", 10, 300, 50);
        var quickAndLarge = candidate("quick and large", 10, 60, 200);
        assertThat(new GreedyDual().victims(List.of(java, python, quickAndLarge), 1))
                .containsExactly(quickAndLarge);
    }

    @Test
    void oftenUsedStaysLonger() {
        var often = candidate("often", 1_000, 60, 50);
        var seldom = candidate("seldom", 2, 60, 50);
        assertThat(new GreedyDual().victims(List.of(often, seldom), 1)).containsExactly(seldom);
    }

    @Test
    void noMoreGoThanFreeWhatIsNeeded() {
        var first = candidate("first", 1, 10, 50);
        var second = candidate("second", 2, 10, 50);
        var third = candidate("third", 3, 10, 50);
        assertThat(new GreedyDual().victims(List.of(third, first, second), 60 * MIB))
                .containsExactly(first, second);
        assertThat(new GreedyDual().victims(List.of(third, first, second), 0)).isEmpty();
    }

    @Test
    void allGoWhenEvenThatIsNotEnough() {
        assertThat(new GreedyDual().victims(List.of(candidate("only", 1, 10, 50)), 51 * MIB))
                .hasSize(1);
        assertThat(new GreedyDual().<String>victims(List.of(), 1)).isEmpty();
    }

    @Test
    void clockIsThePriorityOfWhatWentLastAndNeverGoesBack() {
        GreedyDual policy = new GreedyDual();
        policy.victims(List.of(candidate("dear", 8, 100, 10)), 1);
        assertThat(policy.clock()).isEqualTo(80);
        policy.victims(List.of(candidate("cheap", 1, 10, 10)), 1);
        assertThat(policy.clock()).isEqualTo(80);
    }

    @Test
    void whatWasOncePopularGrowsOld() {
        GreedyDual policy = new GreedyDual();
        var oncePopular = candidate("once popular", 1_000, 100, 100);
        int evicted = 0;
        while (evicted < 10_000) {
            var newcomer = new Candidate<>("newcomer", policy.clock(), 1, 100, 100 * MIB);
            var victim = policy.victims(List.of(oncePopular, newcomer), 1).getFirst();
            if (victim.instance().equals("once popular")) {
                break;
            }
            evicted++;
        }
        // Worth 1,000 and each newcomer raises the clock by one.
        assertThat(evicted).isBetween(990, 1_001);
    }

    @Test
    void spareDrivesOutOnlyWhatIsWorthLess() {
        GreedyDual policy = new GreedyDual();
        var dear = candidate("dear", 10, 300, 50);
        var cheap = candidate("cheap", 10, 30, 50);
        assertThat(policy.victimsFor(cheap, List.of(dear), 50 * MIB)).isEmpty();
        assertThat(policy.clock()).isZero();
        assertThat(policy.victimsFor(dear, List.of(cheap), 50 * MIB)).containsExactly(cheap);
    }

    @Test
    void nothingGoesForASpareThatWouldNotFitAnyway() {
        var dear = candidate("dear", 10, 300, 50);
        var cheap = candidate("cheap", 10, 30, 20);
        assertThat(new GreedyDual().victimsFor(dear, List.of(cheap), 50 * MIB)).isEmpty();
    }

    @Test
    void equalsDoNotDriveEachOtherOut() {
        var one = candidate("one", 10, 300, 50);
        var other = candidate("other", 10, 300, 50);
        assertThat(new GreedyDual().victimsFor(one, List.of(other), 1)).isEmpty();
    }

    /// Two functions whose instances do not fit together, called in turn: one eviction a call is what the rule
    /// predicts. Spares that are brought back in between may add none.
    @Test
    void alternatingFunctionsDoNotPingPongWorseThanTheRulePredicts() {
        var host = new Host(1);
        for (int call = 0; call < 1_000; call++) {
            host.call(call % 2 == 0 ? "dear" : "cheap", call % 2 == 0 ? 300 : 30);
            host.spare(call % 2 == 0 ? "cheap" : "dear", call % 2 == 0 ? 30 : 300);
        }
        assertThat(host.forCallers + host.forSpares).isLessThanOrEqualTo(1_000);
        assertThat(host.cold).isLessThanOrEqualTo(1_000);
        assertThat(host.coldOf.get("dear")).isLessThanOrEqualTo(500);
    }

    @Test
    void withRoomForTwoOfThreeTheDearOneStaysNineTimesInTen() {
        var host = new Host(2);
        for (int round = 0; round < 1_000; round++) {
            host.call("dear", 900);
            host.call("cheap", 30);
            host.call("other", 30);
        }
        assertThat(host.coldOf.get("dear")).isLessThan(100);
        // With the least recently used first, each of the 3,000 calls would be cold.
        assertThat(host.cold).isLessThan(2_200);
    }

    /// A host with room for some instances of 100 MiB.
    private static final class Host {
        private final int places;
        private final GreedyDual policy = new GreedyDual();
        private final Map<String, Candidate<String>> here = new HashMap<>();
        private final Map<String, Integer> coldOf = new HashMap<>();
        private final Map<String, Integer> called = new HashMap<>();
        private int cold;
        private int forCallers;
        private int forSpares;

        Host(int places) {
            this.places = places;
        }

        void call(String name, double startMillis) {
            int frequency = called.merge(name, 1, Integer::sum);
            if (!here.containsKey(name)) {
                cold++;
                coldOf.merge(name, 1, Integer::sum);
                if (here.size() == places) {
                    var victims = policy.victims(here.values(), 1);
                    forCallers += victims.size();
                    victims.forEach(this::evict);
                }
            }
            here.put(name, new Candidate<>(name, policy.clock(), frequency, startMillis, 100 * MIB));
        }

        void spare(String name, double startMillis) {
            var spare = new Candidate<>(name, policy.clock(), called.getOrDefault(name, 0), startMillis, 100 * MIB);
            if (here.containsKey(name) || here.size() < places) {
                return;
            }
            var victims = policy.victimsFor(spare, here.values(), 1);
            if (!victims.isEmpty()) {
                forSpares += victims.size();
                victims.forEach(this::evict);
                here.put(name, spare);
            }
        }

        private void evict(Candidate<String> victim) {
            here.remove(victim.instance());
            called.remove(victim.instance());
        }
    }
}
