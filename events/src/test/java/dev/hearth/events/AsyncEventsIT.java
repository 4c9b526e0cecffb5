package dev.hearth.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.catalog.RecordKind;
import dev.hearth.catalog.SqliteCatalog;
import dev.hearth.model.ApiException;
import dev.hearth.model.ByteSize;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.EventInvokeConfig;
import dev.hearth.model.FunctionAlias;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import dev.hearth.model.Outcome;
import dev.hearth.model.Scope;
import dev.hearth.model.ThrottleReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The queue over a real journal and catalog, with functions, a clock and deliveries that the test drives.
@Timeout(600)
class AsyncEventsIT {
    private static final String LATEST = FunctionVersion.LATEST;
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:q";

    @TempDir
    Path directory;

    private final FakeClock clock = new FakeClock();
    private final FakeEngine engine = new FakeEngine();
    private final List<String> told = new ArrayList<>();
    private SqliteCatalog catalog;
    private AsyncEvents events;
    private EventsConfig config = EventsConfig.DEFAULT;

    @BeforeEach
    void open() throws IOException {
        catalog = SqliteCatalog.open(directory.resolve("catalog"));
        deploy("f");
        openEvents();
    }

    @AfterEach
    void close() throws IOException {
        events.close();
        catalog.close();
    }

    private void openEvents() throws IOException {
        events = AsyncEvents.open(
                directory.resolve("events"), config, catalog, ByteSize.ofKib(64), new Telling(), clock, Runnable::run);
        events.attach(engine);
    }

    private void restart() throws IOException {
        events.close();
        openEvents();
    }

    private final class Telling implements EventsListener {
        @Override
        public void accepted(String function) {
            told.add("accepted " + function);
        }

        @Override
        public void attempted(String function, Outcome outcome, Duration age) {
            told.add("attempted " + function + " " + outcome.label() + " " + age.toSeconds());
        }

        @Override
        public void ended(String function, EventEnd end) {
            told.add("ended " + function + " " + end.label());
        }
    }

    private void deploy(String name) {
        deploy(name, Optional.empty());
    }

    private void deploy(String name, Optional<String> deadLetterTarget) {
        catalog.change(tx -> tx.put(Samples.function(name, LATEST, deadLetterTarget)));
    }

    private void configure(
            String function, String qualifier, Optional<Integer> retries, String success, String failure) {
        catalog.change(tx -> tx.put(
                RecordKind.EVENT_INVOKE,
                function,
                qualifier,
                new EventInvokeConfig(
                        Scope.DEFAULT.function(function),
                        qualifier,
                        retries,
                        Optional.of(3_600),
                        Optional.of(success).filter(arn -> !arn.isEmpty()),
                        Optional.of(failure).filter(arn -> !arn.isEmpty()),
                        Samples.TIME)));
    }

    private void accept(String id) {
        events.accept(Samples.call(id, "f", "{\"id\":\"" + id + "\"}"));
    }

    private void deliver() {
        events.deliverDue();
    }

    private void deliverAfter(Duration time) {
        clock.advance(time);
        deliver();
    }

    private static Outcome fails(Invocation invocation) {
        return FakeEngine.failing("{\"errorMessage\":\"no\"}");
    }

    private List<String> states() {
        return events.list().stream()
                .map(event -> event.id() + " " + event.state().label())
                .toList();
    }

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
        engine.does("f", AsyncEventsIT::fails);
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
        engine.does("f", AsyncEventsIT::fails);
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
        engine.does("f", AsyncEventsIT::fails);
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
        engine.does("f", AsyncEventsIT::fails);
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
        engine.does("f", AsyncEventsIT::fails);
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

    @Test
    void configurationOfTheQualifierHolds() {
        catalog.change(tx -> {
            tx.put(Samples.function("f", "1", Optional.empty()));
            tx.put(new FunctionAlias(Scope.DEFAULT.function("f"), "live", "1", "", Map.of(), "r"));
        });
        configure("f", "live", Optional.of(0), "", "");
        engine.does("f", AsyncEventsIT::fails);
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
        engine.does("f", AsyncEventsIT::fails);
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
        engine.does("f", AsyncEventsIT::fails);
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
        engine.does("f", AsyncEventsIT::fails);
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
        engine.does("f", AsyncEventsIT::fails);
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
