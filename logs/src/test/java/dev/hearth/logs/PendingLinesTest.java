package dev.hearth.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingLinesTest {
    private static LogLine line(String message) {
        return LogLine.event(0, 0, "s", message);
    }

    @Test
    void linesAreTakenOnceInOrderByGroup() {
        var pending = new PendingLines(10_000);
        pending.add("b", line("1"));
        pending.add("a", line("2"));
        pending.add("b", line("3"));
        assertThat(pending.take().lines())
                .containsExactly(
                        java.util.Map.entry("b", List.of(line("1"), line("3"))),
                        java.util.Map.entry("a", List.of(line("2"))));
        assertThat(pending.take().lines()).isEmpty();
    }

    @Test
    void theOldestAreDroppedAndCountedWhenThereIsNoRoom() {
        var pending = new PendingLines(1_000);
        for (int i = 0; i < 100; i++) {
            pending.add(i < 50 ? "a" : "b", line("x".repeat(50)));
        }
        PendingLines.Batch batch = pending.take();
        assertThat(batch.lines().get("b")).hasSize(5);
        assertThat(batch.dropped()).containsEntry("a", 50L).containsEntry("b", 45L);
        assertThat(pending.droppedInAll()).isEqualTo(95);
        assertThat(pending.take().dropped()).isEmpty();
    }

    @Test
    void oneLineIsKeptHoweverLargeItIs() {
        var pending = new PendingLines(100);
        pending.add("a", line("x".repeat(1_000)));
        assertThat(pending.take().lines().get("a")).hasSize(1);
    }

    @Test
    void waitingEndsWithTheFirstLineOrWhenClosed() throws Exception {
        var pending = new PendingLines(1_000);
        pending.await(Duration.ofMillis(1), Duration.ofHours(1));
        pending.add("a", line("x"));
        pending.await(Duration.ofHours(1), Duration.ofMillis(1));
        pending.close();
        pending.await(Duration.ofHours(1), Duration.ofHours(1));
        assertThat(pending.isClosed()).isTrue();
    }
}
