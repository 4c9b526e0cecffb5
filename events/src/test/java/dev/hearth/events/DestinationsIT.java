package dev.hearth.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.Invocation;
import dev.hearth.model.Outcome;
import dev.hearth.model.ThrottleReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Where records of events go that are over: destinations and dead letters.
@Timeout(600)
class DestinationsIT extends AsyncEventsRig {
    @Test
    void recordOfASuccessGoesToTheDestination() {
        deploy("next");
        configure("f", LATEST, Optional.empty(), Samples.ARN + "next", "");
        engine.does("f", call -> FakeEngine.answering("{\"done\":true}"));
        accept("a");
        deliver();
        assertThat(states()).isEmpty();
        assertThat(engine.eventsOf("next")).hasSize(1);
        assertThat(engine.eventsOf("next").getFirst())
                .contains("\"requestId\":\"a\"")
                .contains("\"functionArn\":\"" + Samples.ARN + "f:$LATEST\"")
                .contains("\"condition\":\"Success\",\"approximateInvokeCount\":1")
                .contains("\"requestPayload\":{\"id\":\"a\"}")
                .contains("\"responsePayload\":{\"done\":true}");
        Invocation record = engine.invocations.getLast();
        assertThat(record.requestId()).isNotEqualTo("a");
        assertThat(record.traceId()).isEqualTo("Root=1-2-3");
        assertThat(record.invokedArn()).isEqualTo(Samples.ARN + "next");
    }

    @Test
    void recordOfAFailureGoesToDestinationAndDeadLetterTarget() {
        deploy("f", Optional.of(Samples.ARN + "letters"));
        deploy("next");
        deploy("letters");
        configure("f", LATEST, Optional.of(0), "", Samples.ARN + "next");
        engine.does("f", AsyncEventsRig::fails);
        accept("a");
        deliver();
        assertThat(states()).isEmpty();
        assertThat(engine.eventsOf("next")).hasSize(1).isEqualTo(engine.eventsOf("letters"));
        assertThat(engine.eventsOf("next").getFirst())
                .contains("\"condition\":\"RetriesExhausted\",\"approximateInvokeCount\":1")
                .contains("\"functionError\":\"Unhandled\"");
        assertThat(told).contains("ended f handed_on");
    }

    @Test
    void recordSurvivesARestartBeforeItsDelivery() throws IOException {
        deploy("next");
        configure("f", LATEST, Optional.empty(), Samples.ARN + "next", "");
        engine.does("next", call -> new Outcome.Throttled(ThrottleReason.ACCOUNT_CONCURRENCY));
        accept("a");
        deliver();
        assertThat(events.list()).hasSize(1);
        engine.functions.clear();
        restart();
        deliver();
        assertThat(engine.eventsOf("f")).hasSize(1);
        assertThat(engine.eventsOf("next")).hasSize(2).allMatch(record -> record.contains("\"requestId\":\"a\""));
        assertThat(states()).isEmpty();
    }

    @Test
    void eventWhoseFailureDestinationIsNoFunctionIsKeptAndRunsAgainWhenRedriven() throws IOException {
        configure("f", LATEST, Optional.of(0), "", QUEUE);
        engine.does("f", AsyncEventsRig::fails);
        accept("a");
        deliver();
        assertThat(states()).containsExactly("a undelivered");
        assertThat(events.list().getFirst().reason()).contains(QUEUE).contains("functions only");
        restart();
        engine.functions.clear();
        assertThat(events.redrive("a")).isEqualTo(new Redriven.Queued("a"));
        deliver();
        assertThat(engine.invocations).hasSize(2);
        assertThat(states()).isEmpty();
    }

    @Test
    void recordOfASuccessThatCannotBeSentIsKeptAndSentWhenTheDestinationIsMended() throws IOException {
        configure("f", LATEST, Optional.empty(), QUEUE, "");
        accept("a");
        deliver();
        assertThat(events.list()).hasSize(1);
        EventView kept = events.list().getFirst();
        assertThat(kept.state()).isEqualTo(EventState.UNDELIVERED);
        assertThat(kept.function()).isEqualTo("f");
        assertThat(events.redrive(kept.id())).isInstanceOf(Redriven.Refused.class);
        deploy("next");
        configure("f", LATEST, Optional.empty(), Samples.ARN + "next", "");
        restart();
        assertThat(events.redriveAll("f")).hasSize(1).allMatch(Redriven.Queued.class::isInstance);
        deliver();
        assertThat(engine.eventsOf("f")).hasSize(1);
        assertThat(engine.eventsOf("next")).hasSize(1);
        assertThat(engine.eventsOf("next").getFirst()).contains("\"requestId\":\"a\"");
        assertThat(states()).isEmpty();
    }

    @Test
    void crashLeavesTheEventOrTheRecordThatTookItsPlaceWithWhereItStands() throws IOException {
        configure("f", LATEST, Optional.empty(), QUEUE, "");
        accept("a");
        deliver();
        restart();
        assertThat(statesAfterEachCrash()).containsExactly(List.of("pending"), List.of("undelivered"));
    }

    @Test
    void crashLeavesNoRecordBesideAnEventThatRunsAgain() throws IOException {
        deploy("next");
        deploy("f", Optional.of(Samples.ARN + "next"));
        configure("f", LATEST, Optional.of(0), "", QUEUE);
        engine.does("f", AsyncEventsRig::fails);
        accept("a");
        deliver();
        restart();
        assertThat(states()).containsExactly("a undelivered");
        assertThat(engine.eventsOf("next")).hasSize(1);
        assertThat(statesAfterEachCrash())
                .containsExactly(List.of("pending"), List.of("undelivered", "pending"), List.of("undelivered"));
    }

    private List<List<String>> statesAfterEachCrash() throws IOException {
        Path first = directory.resolve("events/journal-0000000000000001.log");
        return Crashes.after(first, directory).stream()
                .map(tickets -> tickets.stream()
                        .map(ticket -> ticket.standing().state().label())
                        .toList())
                .toList();
    }

    @Test
    void recordThatIsTooLargeIsNotSent() {
        deploy("next");
        configure("f", LATEST, Optional.empty(), Samples.ARN + "next", "");
        engine.does("f", call -> FakeEngine.answering("\"" + "x".repeat(70_000) + "\""));
        accept("a");
        deliver();
        assertThat(events.list().getFirst().reason()).contains("at most 65536");
        assertThat(engine.eventsOf("next")).isEmpty();
    }

    @Test
    void functionsThatAreEachOthersDestinationsStopInTheEnd() {
        deploy("g");
        configure("f", LATEST, Optional.empty(), Samples.ARN + "g", "");
        configure("g", LATEST, Optional.empty(), Samples.ARN + "f", "");
        engine.does("f", call -> FakeEngine.answering("1"));
        engine.does("g", call -> FakeEngine.answering("2"));
        accept("a");
        for (int i = 0; i < 40; i++) {
            deliver();
        }
        assertThat(engine.invocations).hasSize(HandOn.HOPS_MAX + 1);
        assertThat(events.list()).hasSize(1);
        assertThat(events.list().getFirst().state()).isEqualTo(EventState.UNDELIVERED);
        assertThat(events.list().getFirst().reason()).contains("17th in a row");
    }
}
