package dev.hearth.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.catalog.SqliteCatalog;
import dev.hearth.model.FunctionVersion;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` at random moments of a process that accepts events and delivers them: each that was acknowledged runs
/// at least once, none is lost, and those that ran twice are counted.
///
/// `-Dcrash.events=10000 -Dcrash.kills=20` is the promise's number; `-Dseed=` repeats one.
@Timeout(600)
class EventsCrashIT {
    private static final int EVENTS = Integer.getInteger("crash.events", 1_000);
    private static final int KILLS = Integer.getInteger("crash.kills", 3);

    /// Each run has numbers of its own: what was on its way when the last one was killed may have been taken.
    private static final int NUMBERS_OF_A_RUN = 10_000_000;

    @TempDir
    Path directory;

    private final TreeSet<Integer> accepted = new TreeSet<>();
    private final Random random = new Random(Long.getLong("seed", System.nanoTime()));

    @Test
    void everyAcknowledgedEventRunsThoughTheServerIsKilled() throws Exception {
        try (SqliteCatalog catalog = SqliteCatalog.open(directory.resolve("catalog"))) {
            catalog.change(tx -> tx.put(Samples.function("f", FunctionVersion.LATEST, Optional.empty())));
        }
        int[] kills = random.ints(KILLS, 1, EVENTS).sorted().toArray();
        for (int run = 0; run < KILLS; run++) {
            run(run, Optional.of(kills[run]));
        }
        run(KILLS, Optional.empty());

        Map<Integer, Integer> ran = new HashMap<>();
        Files.readAllLines(directory.resolve("ran")).forEach(line -> ran.merge(Integer.valueOf(line), 1, Integer::sum));
        var lost = new TreeSet<>(accepted);
        lost.removeAll(ran.keySet());
        long twice = ran.values().stream().filter(times -> times > 1).count();
        System.out.println("EventsCrashIT: " + accepted.size() + " events accepted, " + KILLS + " kills, " + lost.size()
                + " lost, " + twice + " ran more than once (-Dcrash.events=N -Dcrash.kills=N)");
        assertThat(lost).isEmpty();
        assertThat(accepted).hasSizeGreaterThanOrEqualTo(EVENTS);
    }

    /// Accepts the events that are missing, and kills the process when so many have been accepted in all, or when
    /// all have run.
    private void run(int number, Optional<Integer> killAt) throws Exception {
        int from = number * NUMBERS_OF_A_RUN;
        int to = from + EVENTS - accepted.size();
        Process queue = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingQueue.class.getName(),
                        directory.toString(),
                        "" + from,
                        "" + to)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = queue.inputReader(StandardCharsets.UTF_8)) {
            String last = killAt.isPresent() ? "all" : "empty";
            for (String line = next(out); !line.equals(last); line = next(out)) {
                note(line);
                if (killAt.isPresent() && accepted.size() >= killAt.get()) {
                    break;
                }
            }
            queue.toHandle().destroyForcibly(); // SIGKILL; what it said before stays readable
            out.lines().forEach(this::note);
        } finally {
            queue.destroyForcibly().waitFor();
        }
    }

    private static String next(BufferedReader out) throws Exception {
        return Optional.ofNullable(out.readLine()).orElseThrow(() -> new AssertionError("the queue gave up"));
    }

    private void note(String line) {
        // What was cut off by the kill has no end.
        if (line.startsWith("accepted ") && line.endsWith(".")) {
            accepted.add(Integer.valueOf(line.substring("accepted ".length(), line.length() - 1)));
        }
    }
}
