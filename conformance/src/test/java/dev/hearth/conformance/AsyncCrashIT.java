package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/// `kill -9` of a whole server at random moments while it accepts events and real functions run them: each that was
/// answered with 202 runs at least once, none is lost, and those that ran twice are counted.
///
/// `-Dasync.events=10000 -Dasync.kills=20` is the promise's number, and `-Dasync.hold=1` how long an event takes
/// where the machine is quiet; `-Dasync.seed=N` repeats one.
class AsyncCrashIT {
    private static final int EVENTS = Integer.getInteger("async.events", 160);
    private static final int KILLS = Integer.getInteger("async.kills", 2);
    private static final int CALLERS = 8;
    private static final int NUMBERS_OF_A_RUN = 10_000_000;
    private static final Duration LIMIT = Duration.ofMinutes(3).plusMillis(EVENTS * 200L);
    private static final String CONFIG =
            "events:\n  retryDelaySeconds: 0\n  functionConcurrency: " + Math.clamp(EVENTS / 100, 16, 40) + "\n";

    /// A log line is on the disk 200 ms after it was written at the latest; an event ends only when its own must
    /// be there, so that a kill cannot make an event that ran look as if it had not. Three seconds are for machines
    /// that do much else: 10,000 events take thirteen minutes with them.
    private static final String BODY = """
            echo "ran $event"
            sleep %s
            answer '{}'
            """.formatted(System.getProperty("async.hold", "3"));

    private final Path data = HearthServer.newData();
    private final Set<Integer> accepted = new ConcurrentSkipListSet<>();

    @AfterEach
    void delete() {
        HearthServer.delete(data);
    }

    @Test
    void everyAcceptedEventRunsThoughTheServerIsKilled() throws Exception {
        long seed = Long.getLong("async.seed", System.nanoTime());
        var random = new Random(seed);
        int[] kills = random.ints(KILLS, 1, EVENTS).sorted().toArray();
        String function = "";
        for (int run = 0; run <= KILLS; run++) {
            try (HearthServer server = HearthServer.start(data, CONFIG);
                    Lambda lambda = Lambda.at(server.endpoint())) {
                if (function.isEmpty()) {
                    function = lambda.deploy("provided.al2023", "x", Code.of("bootstrap", Shell.loop(BODY)));
                }
                send(
                        server,
                        lambda,
                        function,
                        run * NUMBERS_OF_A_RUN,
                        run < KILLS ? Optional.of(kills[run]) : Optional.empty());
                if (run == KILLS) {
                    check(server, function, seed);
                }
            }
        }
    }

    /// Sends events until enough are accepted in all; then, or before, the server is killed.
    private void send(HearthServer server, Lambda lambda, String function, int from, Optional<Integer> killAt)
            throws Exception {
        int target = killAt.orElse(EVENTS);
        var next = new AtomicInteger(from);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                running.add(callers.submit(() -> {
                    while (accepted.size() < target && server.isAlive()) {
                        sendOne(lambda, function, next.getAndIncrement());
                    }
                    if (killAt.isPresent()) {
                        server.kill(); // while the other callers are on their way
                    }
                }));
            }
            for (Future<?> caller : running) {
                caller.get();
            }
        }
    }

    private void sendOne(Lambda lambda, String function, int number) {
        try {
            int status = lambda.sdk()
                    .invoke(r -> r.functionName(function)
                            .invocationType(InvocationType.EVENT)
                            .payload(SdkBytes.fromUtf8String("" + number)))
                    .statusCode();
            assertThat(status).isEqualTo(202);
            accepted.add(number);
        } catch (SdkException killed) {
            // Not accepted as far as its caller knows: it may run or not.
        }
    }

    private void check(HearthServer server, String function, long seed) {
        try (FunctionLog log = FunctionLog.at(server.endpoint())) {
            Deadline.await(
                    "the queue is empty",
                    LIMIT,
                    () -> server.get("/_hearth/async/events?limit=0").body().contains("\"total\":0"));
            Deadline.await(
                    "the log has every event",
                    Duration.ofMinutes(2),
                    () -> runs(log, function).keySet().containsAll(accepted));
        } catch (AssertionError lost) {
            try (FunctionLog log = FunctionLog.at(server.endpoint())) {
                var missing = new TreeSet<>(accepted);
                missing.removeAll(runs(log, function).keySet());
                throw new AssertionError("lost " + missing + ", seed " + seed + ", log of the server: " + data, lost);
            }
        }
        try (FunctionLog log = FunctionLog.at(server.endpoint())) {
            long twice = runs(log, function).values().stream()
                    .filter(times -> times > 1)
                    .count();
            System.out.println("AsyncCrashIT: " + accepted.size() + " events accepted, " + KILLS + " kills, none lost, "
                    + twice + " ran more than once (running when a kill came); seed " + seed
                    + " (-Dasync.events=N -Dasync.kills=N -Dasync.seed=N)");
        }
    }

    private static Map<Integer, Integer> runs(FunctionLog log, String function) {
        Map<Integer, Integer> runs = new TreeMap<>();
        log.lines(function, "ran").forEach(line -> runs.merge(Integer.valueOf(line), 1, Integer::sum));
        return runs;
    }
}
