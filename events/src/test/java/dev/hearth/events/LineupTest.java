package dev.hearth.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineupTest {
    private static final Instant NOW = Samples.TIME;
    private static final EventsConfig CONFIG = new EventsConfig(
            100,
            ByteSize.ofMib(1),
            4,
            2,
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            10,
            Duration.ofDays(1));

    private final Lineup lineup = new Lineup(CONFIG);

    private void add(long sequence, String function, Instant due) {
        lineup.add(Samples.ticket(sequence, function, due));
    }

    private List<Long> takeAll(Instant now) {
        var taken = new ArrayList<Long>();
        for (Optional<Ticket> next = lineup.take(now); next.isPresent(); next = lineup.take(now)) {
            taken.add(next.get().sequence());
        }
        return taken;
    }

    @Test
    void functionsTakeTurns() {
        for (long i = 1; i <= 10; i++) {
            add(i, "busy", NOW);
        }
        add(11, "quiet", NOW);
        assertThat(takeAll(NOW)).containsExactly(1L, 11L, 2L);
    }

    @Test
    void noFunctionHasMoreThanItsShareAndAllTogetherNotMoreThanTheLimit() {
        for (String function : List.of("a", "b", "c")) {
            for (long i = 0; i < 5; i++) {
                add(function.charAt(0) * 10L + i, function, NOW);
            }
        }
        assertThat(takeAll(NOW)).hasSize(4);
        assertThat(lineup.nextDue()).isEmpty();
        lineup.finished("a");
        assertThat(takeAll(NOW)).hasSize(1);
    }

    @Test
    void firstDueComesFirstAndOnlyWhenItIsDue() {
        add(1, "f", NOW.plusSeconds(60));
        add(2, "f", NOW.plusSeconds(10));
        assertThat(takeAll(NOW)).isEmpty();
        assertThat(lineup.nextDue()).contains(NOW.plusSeconds(10));
        assertThat(takeAll(NOW.plusSeconds(10))).containsExactly(2L);
        assertThat(lineup.nextDue()).contains(NOW.plusSeconds(60));
    }

    @Test
    void throttledFunctionPausesThenTriesOneEventAtATime() {
        for (long i = 1; i <= 5; i++) {
            add(i, "f", NOW);
        }
        assertThat(takeAll(NOW)).containsExactly(1L, 2L);
        lineup.throttled("f", NOW);
        lineup.throttled("f", NOW); // the other one, which met the same limit
        lineup.finished("f");
        lineup.finished("f");
        assertThat(takeAll(NOW)).isEmpty();
        assertThat(lineup.nextDue()).contains(NOW.plusSeconds(1));
        assertThat(takeAll(NOW.plusSeconds(1))).containsExactly(3L);
        lineup.throttled("f", NOW.plusSeconds(1));
        lineup.finished("f");
        assertThat(lineup.nextDue()).contains(NOW.plusSeconds(3));
        assertThat(takeAll(NOW.plusSeconds(3))).containsExactly(4L);
        lineup.notThrottled("f");
        lineup.finished("f");
        add(6, "f", NOW);
        assertThat(takeAll(NOW.plusSeconds(3))).containsExactly(5L, 6L);
    }

    @Test
    void throttleOfOneFunctionIsNotThatOfAnother() {
        add(1, "f", NOW);
        add(2, "g", NOW);
        lineup.throttled("f", NOW);
        assertThat(takeAll(NOW)).containsExactly(2L);
    }

    @Test
    void droppedFunctionHasNothingLeft() {
        add(1, "f", NOW);
        add(2, "f", NOW.plusSeconds(60));
        assertThat(lineup.drop("f")).hasSize(2);
        assertThat(takeAll(NOW.plusSeconds(100))).isEmpty();
        assertThat(lineup.nextDue()).isEmpty();
    }
}
