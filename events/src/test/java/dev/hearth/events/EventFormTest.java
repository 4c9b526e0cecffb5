package dev.hearth.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.model.AsyncInvocation;
import dev.hearth.model.Payload;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventFormTest {
    @Test
    void eventReadIsTheEventWritten() {
        var call = new AsyncInvocation(
                "id",
                "f",
                "live",
                "arn:ü",
                new Payload(new byte[] {0, -1, 7}),
                "Root=1",
                Optional.of("x".repeat(70_000)));
        var event = new StoredEvent(
                call, Samples.TIME, 3, Optional.of(new Source("other", "g", "$LATEST", Condition.EVENT_AGE_EXCEEDED)));
        assertThat(EventForm.body(EventForm.body(event))).isEqualTo(event);
        assertThat(EventForm.body(EventForm.body(Samples.event("a", "f")))).isEqualTo(Samples.event("a", "f"));
    }

    @Test
    void standingReadIsTheStandingWritten() {
        var standing = new Standing(EventState.UNDELIVERED, 3, Samples.TIME, Samples.TIME.plusSeconds(9), "because é");
        assertThat(EventForm.standing(EventForm.standing(standing))).isEqualTo(standing);
    }

    @Test
    void newerFormIsRefusedWithTheRemedy() {
        byte[] bytes = EventForm.body(Samples.event("a", "f"));
        bytes[0] = 99;
        assertThatThrownBy(() -> EventForm.body(bytes)).hasMessageContaining("version 99");
    }
}
