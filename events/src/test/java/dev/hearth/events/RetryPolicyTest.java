package dev.hearth.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.ErrorCode;
import dev.hearth.model.Outcome;
import dev.hearth.model.Payload;
import dev.hearth.model.ThrottleReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final Instant ACCEPTED = Samples.TIME;
    private static final Outcome FAILED = new Outcome.FunctionFailed("Oops", Payload.EMPTY);

    private final RetryPolicy policy = new RetryPolicy(Duration.ofMinutes(1));

    private Verdict after(Outcome outcome, int attempts, Instant now, Rules rules) {
        return policy.after(outcome, attempts, ACCEPTED, now, rules);
    }

    private static Rules rules(int retries, Duration age) {
        return new Rules(retries, age, Optional.empty(), Optional.empty());
    }

    @Test
    void functionErrorsLeadToRetriesAfterOneAndTwoMinutes() {
        Instant now = ACCEPTED.plusSeconds(5);
        assertThat(after(FAILED, 1, now, Rules.DEFAULT)).isEqualTo(new Verdict.Retry(now.plusSeconds(60)));
        assertThat(after(FAILED, 2, now, Rules.DEFAULT)).isEqualTo(new Verdict.Retry(now.plusSeconds(120)));
        assertThat(after(FAILED, 3, now, Rules.DEFAULT)).isEqualTo(new Verdict.GiveUp(Condition.RETRIES_EXHAUSTED));
    }

    @Test
    void timeOutsAreFunctionErrors() {
        Outcome timedOut = new Outcome.TimedOut(Duration.ofSeconds(3), Payload.EMPTY);
        assertThat(after(timedOut, 3, ACCEPTED, Rules.DEFAULT))
                .isEqualTo(new Verdict.GiveUp(Condition.RETRIES_EXHAUSTED));
    }

    @Test
    void withoutRetriesTheFirstErrorIsTheLast() {
        assertThat(after(FAILED, 1, ACCEPTED, rules(0, Duration.ofHours(6))))
                .isEqualTo(new Verdict.GiveUp(Condition.RETRIES_EXHAUSTED));
        assertThat(after(FAILED, 1, ACCEPTED, rules(1, Duration.ofHours(6)))).isInstanceOf(Verdict.Retry.class);
    }

    @Test
    void retryThatWouldComeTooLateIsNotMade() {
        Rules minute = rules(2, Duration.ofSeconds(60));
        assertThat(after(FAILED, 1, ACCEPTED, minute)).isEqualTo(new Verdict.Retry(ACCEPTED.plusSeconds(60)));
        assertThat(after(FAILED, 1, ACCEPTED.plusMillis(1), minute))
                .isEqualTo(new Verdict.GiveUp(Condition.EVENT_AGE_EXCEEDED));
    }

    @Test
    void ageEndsAfterTheLimitNotAtIt() {
        Rules minute = rules(2, Duration.ofSeconds(60));
        assertThat(RetryPolicy.isTooOld(ACCEPTED, ACCEPTED.plusSeconds(60), minute))
                .isFalse();
        assertThat(RetryPolicy.isTooOld(ACCEPTED, ACCEPTED.plusMillis(60_001), minute))
                .isTrue();
    }

    @Test
    void throttlesAndFailuresOfThePlatformCostNoAttempt() {
        assertThat(after(new Outcome.Throttled(ThrottleReason.ACCOUNT_CONCURRENCY), 9, ACCEPTED, Rules.DEFAULT))
                .isEqualTo(new Verdict.Throttled());
        assertThat(after(new Outcome.SandboxFailed(ErrorCode.SERVICE, "no room"), 9, ACCEPTED, Rules.DEFAULT))
                .isEqualTo(new Verdict.Stalled());
    }

    @Test
    void backOffDoublesUpToItsLimit() {
        var backOff = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(5));
        assertThat(backOff.delay(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backOff.delay(2)).isEqualTo(Duration.ofSeconds(2));
        assertThat(backOff.delay(9)).isEqualTo(Duration.ofSeconds(256));
        assertThat(backOff.delay(10)).isEqualTo(Duration.ofMinutes(5));
        assertThat(backOff.delay(1_000_000)).isEqualTo(Duration.ofMinutes(5));
    }
}
