package dev.hearth.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.scheduler.Boots.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootsTest {
    private static Turn<String> awaited(String name, long since) {
        return new Turn<>(name, true, 0, 0, since);
    }

    private static Turn<String> spare(String name, int ready, double frequency, long since) {
        return new Turn<>(name, false, ready, frequency, since);
    }

    @Test
    void whatNobodyWaitsForGetsHalfTheCores() {
        assertThat(Boots.background(1)).isEqualTo(1);
        assertThat(Boots.background(2)).isEqualTo(1);
        assertThat(Boots.background(16)).isEqualTo(8);
        assertThat(Boots.next(List.of(spare("spare", 0, 1, 0)), 8, 8, 16)).isEmpty();
        assertThat(Boots.next(List.of(awaited("awaited", 0)), 8, 8, 16)).isPresent();
    }

    @Test
    void noMoreBootThanThereAreCores() {
        assertThat(Boots.next(List.of(awaited("awaited", 0)), 16, 0, 16)).isEmpty();
        assertThat(Boots.next(List.of(awaited("awaited", 0)), 1, 0, 1)).isPresent();
        assertThat(Boots.next(List.of(awaited("awaited", 0)), 2, 0, 1)).isEmpty();
    }

    @Test
    void whoIsWaitedForBootsFirst() {
        var pending = List.of(spare("spare", 0, 100, 0), awaited("later", 20), awaited("earlier", 10));
        assertThat(Boots.next(pending, 0, 0, 2).map(Turn::instance)).contains("earlier");
    }

    @Test
    void versionWithNothingReadyComesBeforeOneThatWantsMore() {
        var pending = List.of(spare("one more", 3, 1_000, 0), spare("first standby", 0, 1, 5));
        assertThat(Boots.next(pending, 0, 0, 2).map(Turn::instance)).contains("first standby");
    }

    @Test
    void mostUsedVersionStandsByFirst() {
        var pending = List.of(spare("seldom", 0, 1, 0), spare("often", 0, 50, 5));
        assertThat(Boots.next(pending, 0, 0, 2).map(Turn::instance)).contains("often");
    }

    @Test
    void orderHoldsAcrossAnOverflowOfTheClock() {
        var pending = List.of(awaited("later", Long.MIN_VALUE + 5), awaited("earlier", Long.MAX_VALUE - 5));
        assertThat(Boots.next(pending, 0, 0, 2).map(Turn::instance)).contains("earlier");
    }

    @Test
    void nothingPendingNothingBoots() {
        assertThat(Boots.<String>next(List.of(), 0, 0, 2)).isEmpty();
    }
}
