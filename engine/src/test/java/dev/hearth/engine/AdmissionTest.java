package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.Invocation;
import dev.hearth.model.ThrottleReason;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Invocation unreserved = invocation("f", OptionalInt.empty());

    @Test
    void accountLimitIsReachedAtTheLimitAndNotBefore() {
        Admission admission = new Admission(2, 0);
        assertThat(admission.enter(unreserved)).isEmpty();
        assertThat(admission.enter(unreserved)).isEmpty();
        assertThat(admission.enter(unreserved)).contains(ThrottleReason.ACCOUNT_CONCURRENCY);
        admission.leave(unreserved);
        assertThat(admission.enter(unreserved)).isEmpty();
    }

    @Test
    void reservationIsALimitOfItsOwn() {
        Admission admission = new Admission(10, 1);
        Invocation reserved = invocation("r", OptionalInt.of(1));
        assertThat(admission.enter(reserved)).isEmpty();
        assertThat(admission.enter(reserved)).contains(ThrottleReason.RESERVED_CONCURRENCY);
        assertThat(admission.enter(unreserved)).isEmpty();
    }

    @Test
    void reservationOfZeroStopsAFunction() {
        assertThat(new Admission(10, 0).enter(invocation("off", OptionalInt.of(0))))
                .contains(ThrottleReason.RESERVED_CONCURRENCY);
    }

    @Test
    void whatIsReservedIsNotThereForOthers() {
        Admission admission = new Admission(3, 2);
        assertThat(admission.enter(unreserved)).isEmpty();
        assertThat(admission.enter(unreserved)).contains(ThrottleReason.ACCOUNT_CONCURRENCY);
        admission.reserved(1);
        assertThat(admission.enter(unreserved)).isEmpty();
    }

    private static Invocation invocation(String function, OptionalInt reserved) {
        return Versions.invocation(Versions.latest(function), "1", false, reserved);
    }
}
