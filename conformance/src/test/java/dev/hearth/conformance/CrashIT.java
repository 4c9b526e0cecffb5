package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/// `kill -9` of the server at random moments while it deploys and answers: what was acknowledged is there after the
/// restart and runs, and nothing is left of the killed server's sandboxes.
///
/// `-Dcrash.rounds=100` is the promise's number; fewer by default, to keep the build short. The seed is printed.
class CrashIT {
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 6);
    private static final int NAMES = 6;
    private static final Duration CLEAN_LIMIT = Duration.ofSeconds(90);

    private final Path data = HearthServer.newData();

    /// By function: the answer of the last acknowledged code, or empty for an acknowledged deletion.
    private final Map<String, Optional<String>> acknowledged = new ConcurrentHashMap<>();

    /// By function: what an unacknowledged write may have made of it.
    private final Map<String, Optional<String>> doubtful = new ConcurrentHashMap<>();

    /// Processes that outlived the server that was killed last.
    private List<Long> orphans = List.of();

    @AfterEach
    void delete() {
        HearthServer.delete(data);
    }

    @Test
    void acknowledgedWritesOutliveKills() throws Exception {
        long seed = Long.getLong("crash.seed", System.nanoTime());
        System.out.println("CrashIT: " + ROUNDS + " rounds, seed " + seed + " (-Dcrash.rounds=N, -Dcrash.seed=N)");
        var random = new Random(seed);
        for (int round = 1; round <= ROUNDS; round++) {
            runAndKill(round, random);
        }
        try (HearthServer last = HearthServer.start(data);
                Lambda lambda = Lambda.at(last.endpoint())) {
            verify(lambda);
            // The last of the random writes may have been deletions.
            lambda.deploy("provided.al2023", "x", Code.of("bootstrap", Shell.loop("answer 1")));
            assertThat(Traces.of(data, last).processes())
                    .as("traces of a live server")
                    .isNotEmpty();
        }
        // What has ended is a process until the machine's first process has taken note of it.
        Deadline.await("nothing is left", CLEAN_LIMIT, () -> Traces.of(data).isNone());
    }

    private void runAndKill(int round, Random random) throws Exception {
        HearthServer server = HearthServer.start(data);
        try (Lambda lambda = Lambda.at(server.endpoint())) {
            // Cgroups and mounts may be those of the new server's standbys; what is left of those is seen at the end.
            Deadline.await(
                    "no process is left of the killed server",
                    CLEAN_LIMIT,
                    () -> orphans.stream()
                            .noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
            verify(lambda);
            try (ExecutorService work = Executors.newVirtualThreadPerTaskExecutor()) {
                long stopAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(1_300));
                long writes = random.nextLong();
                Future<?> writer = work.submit(() -> write(lambda, server, round, new Random(writes)));
                Future<?> caller = work.submit(() -> callAll(lambda, server));
                LockSupport.parkNanos(stopAt - System.nanoTime());
                server.kill();
                orphans = Traces.of(data).pids();
                writer.get();
                caller.get();
            }
        } finally {
            server.kill();
        }
    }

    /// Every function that must be there is, with its code; what must not be is not; doubt is settled.
    private void verify(Lambda lambda) {
        for (var entry : acknowledged.entrySet()) {
            String name = entry.getKey();
            Optional<String> now = exists(lambda, name) ? Optional.of(answerOf(lambda, name)) : Optional.empty();
            Optional<String> other = doubtful.getOrDefault(name, entry.getValue());
            assertThat(now).as(name).isIn(entry.getValue(), other);
            entry.setValue(now);
        }
        doubtful.clear();
    }

    private static boolean exists(Lambda lambda, String name) {
        return lambda.names().contains(name);
    }

    /// The function is called as soon as it is ready; an update that was cut off by the kill has to have ended.
    private static String answerOf(Lambda lambda, String name) {
        Deadline.await(name + " is settled", CLEAN_LIMIT, () -> {
            var now = lambda.sdk().getFunctionConfiguration(r -> r.functionName(name));
            return now.stateAsString().equals("Active")
                    && now.lastUpdateStatusAsString().equals("Successful");
        });
        return lambda.call(name, "{}").payload();
    }

    private void write(Lambda lambda, HearthServer server, int round, Random random) {
        for (int step = 0; server.isAlive(); step++) {
            String name = "crash-" + random.nextInt(NAMES);
            String word = "\"" + round + "." + step + "\"";
            boolean there = acknowledged.getOrDefault(name, Optional.empty()).isPresent();
            Optional<String> wanted = there && random.nextInt(4) == 0 ? Optional.empty() : Optional.of(word);
            doubtful.put(name, wanted);
            acknowledged.putIfAbsent(name, Optional.empty());
            try {
                apply(lambda, name, there, wanted);
                acknowledged.put(name, wanted);
                doubtful.remove(name);
            } catch (ResourceConflictException stillUpdating) {
                doubtful.remove(name);
            } catch (SdkException killed) {
                return;
            }
        }
    }

    private static void apply(Lambda lambda, String name, boolean there, Optional<String> wanted) {
        if (wanted.isEmpty()) {
            lambda.delete(name);
            return;
        }
        byte[] zip = Code.of("bootstrap", Shell.loop("answer '" + wanted.get() + "'"))
                .zip();
        if (there) {
            lambda.sdk().updateFunctionCode(r -> r.functionName(name).zipFile(SdkBytes.fromByteArray(zip)));
        } else {
            lambda.sdk()
                    .createFunction(r -> r.functionName(name)
                            .runtime("provided.al2023")
                            .handler("x")
                            .role(Lambda.ROLE)
                            .code(c -> c.zipFile(SdkBytes.fromByteArray(zip))));
        }
    }

    private void callAll(Lambda lambda, HearthServer server) {
        while (server.isAlive()) {
            for (String name : acknowledged.keySet()) {
                try {
                    lambda.call(name, "{}");
                } catch (ResourceNotFoundException | ResourceConflictException changing) {
                    // Deleted or being updated just now.
                } catch (SdkException killed) {
                    return;
                }
            }
        }
    }
}
