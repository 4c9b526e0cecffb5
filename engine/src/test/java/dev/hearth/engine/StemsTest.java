package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.FakeSandboxes.FakeSandbox;
import dev.hearth.model.ByteSize;
import dev.hearth.model.SystemClock;
import dev.hearth.runtime.Stem;
import dev.hearth.sandbox.Network;
import dev.hearth.sandbox.SandboxSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StemsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final FakeSandboxes sandboxes = new FakeSandboxes();
    private final BootTurns turns = new BootTurns(2);
    private Stems stems = new Stems(sandboxes, 1, SystemClock.INSTANCE);

    @AfterEach
    void end() {
        stems.close();
        sandboxes.close();
    }

    static SandboxSpec kind(String name) {
        return new SandboxSpec(
                "stem",
                List.of(name),
                Map.of(),
                List.of(),
                "/",
                ByteSize.ofMib(128),
                ByteSize.ofMib(512),
                1,
                10,
                10,
                Network.NONE);
    }

    private void want(String function, String kind) {
        stems.want(Versions.latest(function), kind(kind));
    }

    /// As the keeper's rounds do.
    private void upkeepUntil(BooleanSupplier reached) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            stems.upkeep(turns);
            Thread.onSpinWait();
        }
    }

    @Test
    void oneOfAKindIsMadeForAllThatWantItAndTakenOnce() {
        want("a", "python");
        want("b", "python");
        upkeepUntil(() -> stems.has(kind("python")));
        assertThat(sandboxes.made)
                .singleElement()
                .satisfies(sandbox -> assertThat(sandbox.frozen).isTrue());
        assertThat(stems.held()).isEqualTo(FakeSandboxes.HELD);

        assertThat(stems.take(kind("node"))).isEmpty();
        Stem taken = stems.take(kind("python")).orElseThrow();
        assertThat(stems.take(kind("python"))).isEmpty();
        assertThat(stems.held().bytes()).isZero();

        upkeepUntil(() -> stems.has(kind("python")));
        assertThat(stems.take(kind("python")).orElseThrow()).isNotSameAs(taken);
        taken.close();
    }

    @Test
    void kindsThatWereWantedLastHaveThem() {
        for (int i = 0; i < 9; i++) {
            want("f" + i, "kind " + i);
        }
        upkeepUntil(() -> sandboxes.open().size() == 8);
        assertThat(stems.has(kind("kind 0"))).isFalse();

        want("f0", "kind 0");

        upkeepUntil(() -> stems.has(kind("kind 0")));
        assertThat(stems.has(kind("kind 1"))).isFalse();
        upkeepUntil(() -> sandboxes.open().size() == 8);
    }

    @Test
    void kindOfWhichNoFunctionIsLeftEnds() {
        want("a", "python");
        want("b", "node");
        upkeepUntil(() -> stems.has(kind("python")) && stems.has(kind("node")));

        stems.forget(Versions.latest("a"));

        upkeepUntil(() -> sandboxes.open().size() == 1);
        assertThat(stems.has(kind("node"))).isTrue();
    }

    @Test
    void functionWhoseSettingsChangeWantsAnother() {
        want("a", "128 MB");
        upkeepUntil(() -> stems.has(kind("128 MB")));

        want("a", "256 MB");

        upkeepUntil(() -> stems.has(kind("256 MB")) && sandboxes.open().size() == 1);
    }

    @Test
    void killedOneIsNotTakenAndAnotherIsMade() {
        want("a", "python");
        upkeepUntil(() -> stems.has(kind("python")));
        FakeSandbox killed = sandboxes.made.getFirst();

        killed.alive = false;

        assertThat(stems.take(kind("python"))).isEmpty();
        upkeepUntil(() -> stems.has(kind("python")) && killed.closed);
    }

    @Test
    void allGoWhenTheirMemoryIsNeededAndComeBackWhenTheyAreWantedAgain() {
        want("a", "python");
        want("b", "node");
        upkeepUntil(() -> stems.has(kind("python")) && stems.has(kind("node")));

        stems.giveUp();

        assertThat(stems.held().bytes()).isZero();
        upkeepUntil(() -> sandboxes.open().isEmpty());
        want("a", "python");
        upkeepUntil(() -> stems.has(kind("python")));
    }

    @Test
    void runtimeThatDoesNotStartIsTriedAgainWhenItIsWantedAgain() {
        sandboxes.broken = true;
        want("a", "python");
        upkeepUntil(() -> sandboxes.made.size() == 1 && sandboxes.open().isEmpty());
        sandboxes.broken = false;

        upkeepUntil(() -> {
            want("a", "python");
            return stems.has(kind("python"));
        });
    }

    @Test
    void noneAreMadeWhereSandboxesMustBeCompleteFromTheBeginning() {
        sandboxes.canMountLate = false;
        stems = new Stems(sandboxes, 1, SystemClock.INSTANCE);
        want("a", "python");
        stems.upkeep(turns);

        assertThat(stems.isOn()).isFalse();
        assertThat(stems.await(kind("python"), LIMIT)).isFalse();
        assertThat(sandboxes.made).isEmpty();
    }

    @Test
    void whoMeasuresWaitsForOne() {
        want("a", "python");
        stems.upkeep(turns);

        assertThat(stems.await(kind("python"), LIMIT)).isTrue();
        assertThat(stems.await(kind("node"), Duration.ofMillis(1))).isFalse();
    }

    @Test
    void noneIsMadeWhileInstancesStart() {
        BootTurns.Turn turn = turns.await(BootOrder.forNobody(), 0);
        want("a", "python");
        stems.upkeep(turns);
        assertThat(stems.await(kind("python"), Duration.ofMillis(1))).isFalse();
        assertThat(sandboxes.made).isEmpty();

        turns.end(turn);

        upkeepUntil(() -> stems.has(kind("python")));
    }

    @Test
    void noneIsLeftBehind() {
        want("a", "python");
        upkeepUntil(() -> stems.has(kind("python")));

        stems.close();

        assertThat(sandboxes.open()).isEmpty();
        stems.upkeep(turns);
        assertThat(sandboxes.made).hasSize(1);
    }
}
