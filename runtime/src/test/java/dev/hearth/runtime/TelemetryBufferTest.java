package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TelemetryBufferTest {
    private final TelemetryBuffer buffer = new TelemetryBuffer(new Buffering(1_000, 262_144, 100));

    @Test
    void eventIsDueWhenItsTimeHasPassed() {
        buffer.add(new byte[10], 5_000_000);
        buffer.add(new byte[10], 50_000_000);
        assertThat(buffer.nanosUntilDue(5_000_000)).isEqualTo(100_000_000);
        assertThat(buffer.nanosUntilDue(105_000_000)).isZero();
    }

    @Test
    void timeBeginsAnewWithTheFirstEventAfterATake() {
        buffer.add(new byte[10], 0);
        buffer.take();
        buffer.add(new byte[10], 90_000_000);
        assertThat(buffer.nanosUntilDue(100_000_000)).isEqualTo(90_000_000);
    }

    @Test
    void asManyBytesAsWereNamedAreDueAtOnce() {
        buffer.add(new byte[262_143], 0);
        assertThat(buffer.nanosUntilDue(0)).isPositive();
        buffer.add(new byte[1], 0);
        assertThat(buffer.nanosUntilDue(0)).isZero();
    }

    @Test
    void asManyEventsAsWereNamedAreDueAtOnce() {
        for (int i = 0; i < 999; i++) {
            buffer.add(new byte[1], 0);
        }
        assertThat(buffer.nanosUntilDue(0)).isPositive();
        buffer.add(new byte[1], 0);
        assertThat(buffer.nanosUntilDue(0)).isZero();
    }

    @Test
    void eventsAreTakenInOrder() {
        buffer.add(new byte[] {1}, 0);
        buffer.add(new byte[] {2}, 0);
        assertThat(buffer.take()).containsExactly(new byte[] {1}, new byte[] {2});
        assertThat(buffer.isEmpty()).isTrue();
    }

    @Test
    void twiceTheBytesAreKeptAndWhatIsBeyondIsCounted() {
        buffer.add(new byte[524_288], 0);
        buffer.add(new byte[7], 0);
        buffer.add(new byte[8], 0);
        assertThat(buffer.take()).hasSize(1);
        assertThat(buffer.takeDropped()).isEqualTo(new TelemetryEvent.Dropped(2, 15));
        assertThat(buffer.takeDropped()).isEqualTo(new TelemetryEvent.Dropped(0, 0));
    }

    @Test
    void twiceTheEventsAreKeptAndWhatIsBeyondIsCounted() {
        for (int i = 0; i < 2_001; i++) {
            buffer.add(new byte[1], 0);
        }
        assertThat(buffer.take()).hasSize(2_000);
        assertThat(buffer.takeDropped()).isEqualTo(new TelemetryEvent.Dropped(1, 1));
    }

    @Test
    void eventLargerThanAllThatIsKeptGoesByItself() {
        buffer.add(new byte[1_000_000], 0);
        assertThat(buffer.take()).hasSize(1);
    }
}
