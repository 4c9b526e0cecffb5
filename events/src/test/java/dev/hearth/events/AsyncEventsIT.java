package dev.hearth.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.model.ApiException;
import dev.hearth.model.ByteSize;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.FunctionAlias;
import dev.hearth.model.Invocation;
import dev.hearth.model.Outcome;
import dev.hearth.model.Scope;
import dev.hearth.model.ThrottleReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The queue: what comes of events, and how many it takes.
@Timeout(600)
class AsyncEventsIT extends AsyncEventsRig {
    @Test
    void acceptedEventRunsOnceWithItsIdentity() {
        accept("a");
        assertThat(engine.invocations).isEmpty();
        assertThat(states()).containsExactly("a pending");
        deliver();
        deliver();
        assertThat(engine.eventsOf("f")).containsExactly("{\"id\":\"a\"}");
        Invocation invocation = engine.invocations.getFirst();
        assertThat(invocation.requestId()).isEqualTo("a");
        assertThat(invocation.traceId()).isEqualTo("Root=1-2-3");
        assertThat(invocation.invokedArn()).isEqualTo(Samples.ARN + "f");
        assertThat(states()).isEmpty();
        assertThat(told).containsExactly("accepted f", "attempted f succeeded 0", "ended f delivered");
    }

    @Test
    void failingEventIsTriedThreeTimesWithTheSameIdThenKept() throws IOException {
        engine.does("f", AsyncEventsRig::fails);
        accept("a");
        deliver();
        assertThat(states()).containsExactly("a retrying");
        deliverAfter(Duration.ofSeconds(59));
        assertThat(engine.invocations).hasSize(1);
        deliverAfter(Duration.ofSeconds(1));
        assertThat(engine.invocations).hasSize(2);
        deliverAfter(Duration.ofSeconds(119));
        assertThat(engine.invocations).hasSize(2);
        deliverAfter(Duration.ofSeconds(1));
        assertThat(engine.invocations)
                .hasSize(3)
                .allMatch(call -> call.requestId().equals("a"));
        assertThat(states()).containsExactly("a dead");
        EventDetail dead = events.show("a").orElseThrow();
        assertThat(dead.event().attempts()).isEqualTo(3);
        assertThat(dead.event().reason())
                .contains("RetriesExhausted after 3 attempts")
                .contains("\"no\"");
        assertThat(new String(dead.payload().bytes(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":\"a\"}");
        assertThat(told).endsWith("ended f dead");
    }

    @Test
    void functionThatRecoversIsNotTriedAgain() {
        engine.does("f", call -> engine.invocations.size() < 2 ? fails(call) : FakeEngine.answering("1"));
        accept("a");
        deliver();
        deliverAfter(Duration.ofMinutes(1));
        deliverAfter(Duration.ofHours(1));
        assertThat(engine.invocations).hasSize(2);
        assertThat(states()).isEmpty();
    }

    @Test
    void pendingRetryingAndDeadEventsOutliveARestart() throws IOException {
        configure("f", LATEST, Optional.of(1), "", "");
        engine.does("f", AsyncEventsRig::fails);
        accept("dead");
        deliver();
        deliverAfter(Duration.ofMinutes(1));
        accept("retrying");
        deliver();
        accept("pending");
        restart();
        assertThat(states()).containsExactly("dead dead", "retrying retrying", "pending pending");
        assertThat(events.show("retrying").orElseThrow().event().attempts()).isEqualTo(1);
        engine.invocations.clear();
        deliverAfter(Duration.ofMinutes(1));
        assertThat(engine.invocations.stream().map(Invocation::requestId))
                .containsExactlyInAnyOrder("retrying", "pending");
        restart();
        assertThat(states()).containsExactly("dead dead", "retrying dead", "pending retrying");
    }

    @Test
    void throttledEventsWaitAndComeInTheEnd() {
        engine.does("f", call -> new Outcome.Throttled(ThrottleReason.RESERVED_CONCURRENCY));
        accept("a");
        accept("b");
        deliver();
        assertThat(engine.invocations).hasSize(1);
        deliverAfter(Duration.ofMillis(999));
        assertThat(engine.invocations).hasSize(1);
        deliverAfter(Duration.ofMillis(1));
        deliverAfter(Duration.ofSeconds(2));
        assertThat(engine.invocations).hasSize(3);
        assertThat(states()).containsExactly("a pending", "b pending");
        assertThat(events.list().getFirst().attempts()).isZero();
        assertThat(events.list().getFirst().reason()).contains("ReservedFunctionConcurrentInvocationLimitExceeded");
        engine.functions.clear();
        deliverAfter(Duration.ofSeconds(4));
        assertThat(states()).isEmpty();
    }

    @Test
    void failuresOfThePlatformAreTriedAgainUntilTheEventIsTooOld() throws IOException {
        configure("f", LATEST, Optional.empty(), "", "");
        engine.does("f", call -> new Outcome.SandboxFailed(ErrorCode.SERVICE, "no room"));
        accept("a");
        for (int second = 0; second < 3_600; second++) {
            deliverAfter(Duration.ofSeconds(1));
        }
        assertThat(engine.invocations).hasSizeBetween(15, 30);
        assertThat(states()).containsExactly("a pending");
        deliverAfter(Duration.ofMinutes(6));
        assertThat(states()).containsExactly("a dead");
        assertThat(events.show("a").orElseThrow().event().reason()).contains("EventAgeExceeded after 0 attempts");
    }

    @Test
    void configurationOfTheQualifierHolds() {
        catalog.change(tx -> {
            tx.put(Samples.function("f", "1", Optional.empty()));
            tx.put(new FunctionAlias(Scope.DEFAULT.function("f"), "live", "1", "", Map.of(), "r"));
        });
        configure("f", "live", Optional.of(0), "", "");
        engine.does("f", AsyncEventsRig::fails);
        events.accept(Samples.call("a", "f", "live", "{}"));
        deliver();
        assertThat(engine.invocations.getFirst().version().version()).isEqualTo("1");
        assertThat(states()).containsExactly("a dead");
    }

    @Test
    void aliasThatIsGoneKeepsTheEvent() throws IOException {
        events.accept(Samples.call("a", "f", "live", "{}"));
        deliver();
        assertThat(states()).containsExactly("a dead");
        assertThat(events.redrive("a")).isInstanceOf(Redriven.Refused.class);
    }

    @Test
    void deletedFunctionLeavesNoEvents() throws IOException {
        engine.does("f", AsyncEventsRig::fails);
        accept("retrying");
        deliver();
        accept("pending");
        events.functionDeleted("f");
        assertThat(states()).isEmpty();
        restart();
        assertThat(states()).isEmpty();
    }

    @Test
    void functionDeletedWhileItRunsIsNotTriedAgain() {
        engine.does("f", call -> {
            events.functionDeleted("f");
            return fails(call);
        });
        accept("a");
        deliver();
        deliverAfter(Duration.ofHours(1));
        assertThat(engine.invocations).hasSize(1);
        assertThat(states()).isEmpty();
        assertThat(events.figures().queuedBytes()).isZero();
    }

    @Test
    void eventsOfAFunctionThatIsNotThereAreDropped() {
        events.accept(Samples.call("a", "nowhere", "{}"));
        deliver();
        assertThat(states()).isEmpty();
        assertThat(told).endsWith("ended nowhere dropped");
    }

    @Test
    void queueTakesAsManyEventsAsItsLimitAndNoMore() throws IOException {
        config = new EventsConfig(
                2, ByteSize.ofMib(1), 10, 10, Duration.ZERO, Duration.ZERO, Duration.ZERO, 10, Duration.ofDays(1));
        restart();
        accept("a");
        accept("b");
        assertThatThrownBy(() -> accept("c"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS))
                .hasMessageContaining("2 events wait")
                .hasMessageContaining("events.maxEvents");
        deliver();
        accept("c");
        assertThat(states()).containsExactly("c pending");
    }

    @Test
    void queueTakesAsManyBytesAsItsLimitAndNoMore() throws IOException {
        config = new EventsConfig(
                100, new ByteSize(20), 10, 10, Duration.ZERO, Duration.ZERO, Duration.ZERO, 10, Duration.ofDays(1));
        restart();
        events.accept(Samples.call("a", "f", "\"45678901234567890\"")); // 19 bytes
        events.accept(Samples.call("b", "f", "1"));
        assertThatThrownBy(() -> events.accept(Samples.call("c", "f", "1"))).hasMessageContaining("events.maxMb");
    }

    @Test
    void keptEventsAreBoundedAndGrowTooOld() throws IOException {
        config = new EventsConfig(
                100, ByteSize.ofMib(1), 10, 10, Duration.ZERO, Duration.ZERO, Duration.ZERO, 2, Duration.ofDays(14));
        restart();
        configure("f", LATEST, Optional.of(0), "", "");
        engine.does("f", AsyncEventsRig::fails);
        accept("a");
        accept("b");
        accept("c");
        deliver();
        assertThat(states()).containsExactly("b dead", "c dead");
        deliverAfter(Duration.ofDays(14));
        assertThat(states()).hasSize(2);
        deliverAfter(Duration.ofSeconds(1));
        assertThat(states()).isEmpty();
        restart();
        assertThat(states()).isEmpty();
    }

    @Test
    void redrivenEventIsAsNew() throws IOException {
        configure("f", LATEST, Optional.of(0), "", "");
        engine.does("f", AsyncEventsRig::fails);
        accept("a");
        deliver();
        clock.advance(Duration.ofDays(1));
        assertThat(events.redrive("a")).isEqualTo(new Redriven.Queued("a"));
        assertThat(events.redrive("a")).isInstanceOf(Redriven.Refused.class);
        restart();
        assertThat(states()).containsExactly("a pending");
        engine.functions.clear();
        deliver();
        assertThat(states()).isEmpty();
        assertThat(events.redrive("a")).isEqualTo(new Redriven.Unknown());
    }

    @Test
    void failureWhileTheServerStopsIsNoAttempt() throws IOException {
        engine.does("f", call -> {
            events.stop();
            return fails(call);
        });
        accept("a");
        deliver();
        restart();
        assertThat(states()).containsExactly("a pending");
    }

    @Test
    void figuresTellWhatWaits() {
        engine.does("f", AsyncEventsRig::fails);
        accept("a");
        deliver();
        clock.advance(Duration.ofSeconds(7));
        events.accept(Samples.call("b", "f", "12345"));
        EventFigures figures = events.figures();
        assertThat(figures.byState())
                .containsEntry(EventState.RETRYING, 1)
                .containsEntry(EventState.PENDING, 1)
                .containsEntry(EventState.DEAD, 0);
        assertThat(figures.queuedBytes()).isEqualTo("{\"id\":\"a\"}".length() + 5);
        assertThat(figures.oldest()).contains(Samples.TIME);
    }
}
