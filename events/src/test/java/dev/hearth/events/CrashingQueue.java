package dev.hearth.events;

import dev.hearth.catalog.SqliteCatalog;
import dev.hearth.model.ByteSize;
import dev.hearth.model.Invocation;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Outcome;
import dev.hearth.model.SystemClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A process that accepts events with many callers, says which, and delivers them; [EventsCrashIT] kills it. Its
/// function writes each event that it gets to a file, which outlives the process.
final class CrashingQueue {
    private static final int CALLERS = 16;

    private CrashingQueue() {}

    /// @param args the directory, the first event's number, the number after the last one's
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        var next = new AtomicInteger(Integer.parseInt(args[1]));
        int end = Integer.parseInt(args[2]);
        SqliteCatalog catalog = SqliteCatalog.open(directory.resolve("catalog"));
        EventsConfig config = EventsConfig.DEFAULT.withRetryDelay(Duration.ofMillis(20));
        AsyncEvents events = AsyncEvents.open(
                directory.resolve("events"), config, catalog, ByteSize.ofMib(1), new Silent(), SystemClock.INSTANCE);
        events.start(new WritingEngine(directory.resolve("ran")));
        say("ready");
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                callers.execute(() -> {
                    for (int number = next.getAndIncrement(); number < end; number = next.getAndIncrement()) {
                        events.accept(Samples.call("event-" + number, "f", "" + number));
                        say("accepted " + number + ".");
                    }
                });
            }
        }
        say("all");
        while (!events.list().isEmpty()) {
            events.redriveAll("f"); // some have failed three times
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
        say("empty");
        new java.util.concurrent.CountDownLatch(1).await(); // until it is killed
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /// Writes a line for each event. Every fifth fails at first, so that there are retries.
    private static final class WritingEngine extends FakeEngine {
        private final FileChannel ran;
        private final AtomicInteger calls = new AtomicInteger();

        WritingEngine(Path file) throws IOException {
            ran = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        }

        @Override
        public InvocationReport invoke(Invocation invocation) {
            boolean fails = calls.incrementAndGet() % 5 == 0;
            does("f", call -> fails ? failing("{}") : answering("{}"));
            InvocationReport report = super.invoke(invocation);
            if (report.outcome() instanceof Outcome.Succeeded) {
                write(new String(invocation.payload().bytes(), StandardCharsets.UTF_8) + "\n");
            }
            invocations.clear();
            return report;
        }

        private void write(String line) {
            try {
                ran.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Silent implements EventsListener {
        @Override
        public void accepted(String function) {}

        @Override
        public void attempted(String function, Outcome outcome, Duration age) {}

        @Override
        public void ended(String function, EventEnd end) {}
    }
}
