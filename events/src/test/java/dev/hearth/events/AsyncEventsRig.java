package dev.hearth.events;

import dev.hearth.catalog.RecordKind;
import dev.hearth.catalog.SqliteCatalog;
import dev.hearth.model.ByteSize;
import dev.hearth.model.EventInvokeConfig;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import dev.hearth.model.Outcome;
import dev.hearth.model.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The queue over a real journal and catalog, with functions, a clock and deliveries that the test drives.
abstract class AsyncEventsRig {
    static final String LATEST = FunctionVersion.LATEST;
    /// No function.
    static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:q";

    @TempDir
    Path directory;

    final FakeClock clock = new FakeClock();
    final FakeEngine engine = new FakeEngine();
    final List<String> told = new ArrayList<>();
    SqliteCatalog catalog;
    AsyncEvents events;
    EventsConfig config = EventsConfig.DEFAULT;

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

    void restart() throws IOException {
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

    void deploy(String name) {
        deploy(name, Optional.empty());
    }

    void deploy(String name, Optional<String> deadLetterTarget) {
        catalog.change(tx -> tx.put(Samples.function(name, LATEST, deadLetterTarget)));
    }

    void configure(String function, String qualifier, Optional<Integer> retries, String success, String failure) {
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

    void accept(String id) {
        events.accept(Samples.call(id, "f", "{\"id\":\"" + id + "\"}"));
    }

    void deliver() {
        events.deliverDue();
    }

    void deliverAfter(Duration time) {
        clock.advance(time);
        deliver();
    }

    static Outcome fails(Invocation invocation) {
        return FakeEngine.failing("{\"errorMessage\":\"no\"}");
    }

    List<String> states() {
        return events.list().stream()
                .map(event -> event.id() + " " + event.state().label())
                .toList();
    }
}
