package dev.hearth.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.CodeRef;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Limits;
import dev.hearth.model.SystemClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a writing process, again and again, each time going on where the last one died.
/// `-Dcrash.rounds=100` for more, `-Dseed=` to repeat one.
class CrashIT {
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 8);
    private static final int MOST_ACKNOWLEDGED = 25;
    private static final int MOST_MILLIS_AFTER = 30;

    @TempDir
    Path directory;

    private final Map<String, CodeRef> expected = new HashMap<>();
    private long lastNumber;

    /// Its deletion was on its way: it may be there or not.
    private Optional<String> beingDeleted = Optional.empty();

    @AfterEach
    void makeDeletable() throws IOException {
        Trees.delete(directory);
    }

    @Test
    void everyAcknowledgedWriteOutlivesKills() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            writeAndKill("run" + round, random);
            check("seed " + seed + " round " + round);
        }
        assertThat(expected).hasSizeGreaterThan(ROUNDS);
    }

    private void writeAndKill(String run, Random random) throws Exception {
        Process writer = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        directory.toString(),
                        run,
                        Long.toString(random.nextLong()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = writer.inputReader(StandardCharsets.UTF_8)) {
            for (int acknowledged = 1 + random.nextInt(MOST_ACKNOWLEDGED); acknowledged > 0; acknowledged--) {
                note(Optional.ofNullable(out.readLine()).orElseThrow(() -> new AssertionError("the writer gave up")));
            }
            // somewhere in the next writes; the writer never ends by itself
            assertThat(writer.waitFor(random.nextInt(MOST_MILLIS_AFTER), TimeUnit.MILLISECONDS))
                    .isFalse();
            writer.toHandle().destroyForcibly(); // SIGKILL; what it said before stays readable
            out.lines().forEach(this::note);
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    private void note(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "deployed" -> {
                expected.put(words[1], new CodeRef(words[2], Long.parseLong(words[3])));
                lastNumber = Long.parseLong(words[4]);
            }
            case "deleting" -> beingDeleted = Optional.of(words[1]);
            case "deleted" -> {
                expected.remove(words[1]);
                beingDeleted = Optional.empty();
            }
            default -> throw new AssertionError(line);
        }
    }

    private void check(String when) throws Exception {
        try (Catalog catalog = SqliteCatalog.open(directory)) {
            var found = new HashMap<String, FunctionVersion>();
            for (FunctionVersion function : catalog.<List<FunctionVersion>>read(t -> t.functions("", 100_000))) {
                found.put(function.name(), function);
            }
            beingDeleted.filter(name -> !found.containsKey(name)).ifPresent(expected::remove);
            beingDeleted = Optional.empty();
            expected.forEach((name, code) -> assertThat(found.get(name))
                    .as("%s: %s was acknowledged", when, name)
                    .isEqualTo(CrashingWriter.expected(name, code)));
            // one more may have been on the disk before that could be said
            assertThat(found.size() - expected.size())
                    .as("%s: never acknowledged", when)
                    .isBetween(0, 1);
            assertThat(catalog.<Long>write(t -> t.takeVersionNumber("shared")))
                    .as(when)
                    .isGreaterThan(lastNumber);
            checkCode(found.values(), when);
            found.forEach((name, version) -> expected.put(name, version.code()));
        }
    }

    private void checkCode(Iterable<FunctionVersion> functions, String when) throws Exception {
        Path code = directory.resolve("code");
        CodeStore store = CodeStore.open(code, Limits.AWS, SystemClock.INSTANCE);
        var referenced = new java.util.HashSet<String>();
        functions.forEach(function -> referenced.add(function.code().sha256()));
        store.recover(referenced, Duration.ofSeconds(-1));
        for (FunctionVersion function : functions) {
            assertThat(Sha256.of(Files.readAllBytes(store.zip(function.code()))))
                    .as(when)
                    .isEqualTo(function.code().sha256());
            assertThat(store.tree(function.code()).resolve("random")).as(when).isRegularFile();
        }
        try (Stream<Path> zips = Files.list(code.resolve("zips"));
                Stream<Path> trees = Files.list(code.resolve("trees"))) {
            assertThat(zips).as(when).hasSize(referenced.size());
            assertThat(trees.map(tree -> String.valueOf(tree.getFileName())))
                    .as(when)
                    .isSubsetOf(referenced);
        }
    }
}
