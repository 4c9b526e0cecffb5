package dev.hearth.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private final EventQueue queue = new EventQueue();
    private final List<Integer> happened = new ArrayList<>();

    @Test
    void eventsHappenInTheOrderOfTheirTimes() {
        long seed = 3;
        Random random = new Random(seed);
        List<Long> times = random.longs(5_000, 0, 1_000_000).boxed().toList();
        times.forEach(time -> queue.add(time, () -> {}));
        for (long expected : times.stream().sorted().toList()) {
            assertThat(queue.nextMicros()).as("seed %d", seed).isEqualTo(expected);
            queue.poll();
        }
        assertThat(queue.nextMicros()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void eventsOfTheSameMomentHappenInTheOrderOfEntry() {
        IntStream.range(0, 3_000).forEach(i -> queue.add(7, () -> happened.add(i)));
        while (queue.nextMicros() == 7) {
            queue.poll().run();
        }
        assertThat(happened).isEqualTo(IntStream.range(0, 3_000).boxed().toList());
    }

    @Test
    void emptyQueueHasNoEvent() {
        assertThatThrownBy(queue::poll).isInstanceOf(IllegalStateException.class);
    }
}
