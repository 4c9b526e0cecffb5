package dev.hearth.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class JournalIT {
    private static final int SMALL_SEGMENT = 1_000;

    @TempDir
    Path directory;

    private static Frame body(long sequence, String text) {
        return new Frame(Frame.Kind.BODY, sequence, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Frame standing(long sequence, String text) {
        return new Frame(Frame.Kind.STANDING, sequence, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String bodyOf(Journal journal, long sequence) throws IOException {
        return new String(journal.read(sequence).orElseThrow().body(), StandardCharsets.UTF_8);
    }

    private static Optional<String> standingOf(Journal journal, long sequence) throws IOException {
        return journal.read(sequence).orElseThrow().standing().map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    @Test
    void whatWasCommittedIsThereAfterReopening() throws Exception {
        try (Journal journal = Journal.open(directory)) {
            journal.commit(List.of(body(1, "one"), body(2, "two"), body(3, "three")));
            journal.append(List.of(standing(2, "failed once"), Frame.gone(1)));
            journal.append(List.of(standing(2, "failed twice")));
        }
        try (Journal journal = Journal.open(directory)) {
            assertThat(journal.sequences()).containsExactly(2L, 3L);
            assertThat(bodyOf(journal, 2)).isEqualTo("two");
            assertThat(standingOf(journal, 2)).contains("failed twice");
            assertThat(standingOf(journal, 3)).isEmpty();
            assertThat(journal.read(1)).isEmpty();
        }
    }

    @Test
    void tornTailIsLeftOutAndAllBeforeItKept() throws Exception {
        try (Journal journal = Journal.open(directory)) {
            journal.commit(List.of(body(1, "one"), body(2, "two")));
        }
        Path last = files().getLast();
        byte[] whole = Files.readAllBytes(last);
        int firstEnd = body(1, "one").size();
        for (int length = firstEnd; length < whole.length; length++) {
            Files.write(last, Arrays.copyOf(whole, length));
            try (Journal journal = Journal.open(directory)) {
                assertThat(journal.sequences()).as("cut at " + length).containsExactly(1L);
            }
        }
    }

    @Test
    void whatFollowsATornTailIsInAFileOfItsOwnAndReadAgain() throws Exception {
        try (Journal journal = Journal.open(directory)) {
            journal.commit(List.of(body(1, "one")));
        }
        Files.write(files().getLast(), new byte[] {0, 0, 0, 99, 1, 2, 3}, StandardOpenOption.APPEND);
        try (Journal journal = Journal.open(directory)) {
            journal.commit(List.of(body(2, "two")));
        }
        try (Journal journal = Journal.open(directory)) {
            assertThat(journal.sequences()).containsExactly(1L, 2L);
        }
    }

    @Test
    void crashBetweenWriteAndAcknowledgementKeepsTheEntry() throws Exception {
        try (Journal journal = Journal.open(directory)) {
            journal.commit(List.of(body(1, "one")));
        }
        // Written whole, never acknowledged: the process died before it could say so.
        Files.write(files().getLast(), body(2, "unheard").encoded(), StandardOpenOption.APPEND);
        try (Journal journal = Journal.open(directory)) {
            assertThat(journal.sequences()).containsExactly(1L, 2L);
        }
    }

    @Test
    void filesWithoutLivingEntriesAreDeleted() throws Exception {
        try (Journal journal = Journal.open(directory, SMALL_SEGMENT)) {
            for (int i = 1; i <= 200; i++) {
                journal.commit(List.of(body(i, "x".repeat(100))));
                journal.append(List.of(Frame.gone(i)));
            }
            journal.commit(List.of(body(1_000, "last")));
            assertThat(files()).hasSizeLessThan(4);
        }
        try (Journal journal = Journal.open(directory, SMALL_SEGMENT)) {
            assertThat(journal.sequences()).containsExactly(1_000L);
        }
    }

    @Test
    void longLivedEntriesMoveOnSoThatGarbageGoes() throws Exception {
        try (Journal journal = Journal.open(directory, SMALL_SEGMENT)) {
            journal.commit(List.of(body(1, "old and kept"), standing(1, "dead")));
            for (int i = 2; i <= 300; i++) {
                journal.commit(List.of(body(i, "x".repeat(100))));
                journal.append(List.of(Frame.gone(i)));
            }
            journal.commit(List.of(body(1_000, "last")));
            assertThat(bodyOf(journal, 1)).isEqualTo("old and kept");
            assertThat(standingOf(journal, 1)).contains("dead");
        }
        long size = 0; // closed: as long as it is open its writer may be giving files up
        for (Path file : files()) {
            size += Files.size(file);
        }
        assertThat(size).isLessThan(6 * SMALL_SEGMENT);
        try (Journal journal = Journal.open(directory, SMALL_SEGMENT)) {
            assertThat(journal.sequences()).containsExactly(1L, 1_000L);
            assertThat(standingOf(journal, 1)).contains("dead");
        }
    }

    @Test
    void crashWhileAnEntryMovesOnLeavesItWhereItStood() throws Exception {
        try (Journal journal = Journal.open(directory)) {
            journal.commit(List.of(body(1, "old and kept"), standing(1, "dead")));
        }
        try (Journal journal = Journal.open(directory)) {
            journal.commit(List.of(body(2, "x".repeat(5 * SMALL_SEGMENT)), Frame.gone(2)));
        }
        Map<Path, byte[]> before = contents();
        Journal.open(directory, SMALL_SEGMENT).close();
        assertThat(files()).hasSize(1).doesNotContainAnyElementsOf(before.keySet());
        Path copy = files().getFirst();
        byte[] moved = Files.readAllBytes(copy);
        for (int length = 0; length <= moved.length; length++) {
            for (Map.Entry<Path, byte[]> file : before.entrySet()) {
                Files.write(file.getKey(), file.getValue());
            }
            Files.write(copy, Arrays.copyOf(moved, length));
            try (Journal journal = Journal.open(directory)) {
                assertThat(journal.sequences()).containsExactly(1L);
                assertThat(bodyOf(journal, 1)).isEqualTo("old and kept");
                assertThat(standingOf(journal, 1)).as("copied " + length).contains("dead");
            }
        }
    }

    private Map<Path, byte[]> contents() throws IOException {
        var contents = new HashMap<Path, byte[]>();
        for (Path file : files()) {
            contents.put(file, Files.readAllBytes(file));
        }
        return contents;
    }

    @Test
    void factsThatBelongTogetherSurviveTogetherOrNotAtAll() throws Exception {
        Frame both = Frame.together(List.of(body(2, "two"), standing(2, "kept"), Frame.gone(1)));
        try (Journal journal = Journal.open(directory)) {
            journal.commit(List.of(body(1, "one")));
            journal.commit(List.of(both));
            assertThat(standingOf(journal, 2)).contains("kept");
        }
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        for (int length = whole.length - both.size(); length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (Journal journal = Journal.open(directory)) {
                assertThat(journal.sequences()).as("cut at " + length).containsExactly(1L);
            }
        }
        Files.write(file, whole);
        try (Journal journal = Journal.open(directory)) {
            assertThat(journal.sequences()).containsExactly(2L);
            assertThat(bodyOf(journal, 2)).isEqualTo("two");
            assertThat(standingOf(journal, 2)).contains("kept");
        }
    }

    @Test
    void entriesThatMoveOnAreNeverMissed() throws Exception {
        try (Journal journal = Journal.open(directory, SMALL_SEGMENT);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            journal.commit(List.of(body(1, "old and kept")));
            var done = new AtomicBoolean();
            Future<?> reader = threads.submit(() -> {
                while (!done.get()) {
                    assertThat(bodyOf(journal, 1)).isEqualTo("old and kept");
                }
                return "never missed";
            });
            try {
                for (int i = 2; i <= 300; i++) {
                    journal.commit(List.of(body(i, "x".repeat(SMALL_SEGMENT)), Frame.gone(i)));
                }
            } finally {
                done.set(true);
            }
            assertThat(reader.get()).isEqualTo("never missed");
        }
    }

    @Test
    void whatWasAcknowledgedAfterAWriteThatFailedIsReadAgain() throws Exception {
        var acknowledged = new ArrayList<Long>();
        try (Journal journal = Journal.open(directory)) {
            commit(journal, body(1, "one"), acknowledged);
            // Half of the next fits, and no new file can be had.
            Path next = Files.createFile(directory.resolve("journal-0000000000000002.log"));
            limitFiles("65536");
            try {
                commit(journal, body(2, "x".repeat(100_000)), acknowledged);
            } finally {
                limitFiles("unlimited");
            }
            assertThat(acknowledged).containsExactly(1L);
            commit(journal, body(3, "three"), acknowledged);
            Files.delete(next);
            commit(journal, body(4, "four"), acknowledged);
            assertThat(acknowledged).endsWith(4L);
            assertThat(journal.sequences()).isEqualTo(acknowledged);
        }
        try (Journal journal = Journal.open(directory)) {
            assertThat(journal.sequences()).isEqualTo(acknowledged);
        }
    }

    @Test
    void howeverLongTheDiskRefusesThereIsOneFileMoreAndWhatWasNotedIsKept() throws Exception {
        var acknowledged = new ArrayList<Long>();
        try (Journal journal = Journal.open(directory)) {
            commit(journal, body(1, "one"), acknowledged);
            limitFiles("65536");
            try {
                for (int i = 2; i <= 30; i++) {
                    String noted = "noted before " + i;
                    journal.append(List.of(standing(1, noted)));
                    until(() -> standingOf(journal, 1).equals(Optional.of(noted)));
                    commit(journal, body(i, "x".repeat(100_000)), acknowledged);
                }
            } finally {
                limitFiles("unlimited");
            }
            assertThat(files()).hasSizeLessThanOrEqualTo(3);
            assertThat(openFiles()).isLessThanOrEqualTo(3);
            commit(journal, body(100, "hundred"), acknowledged);
            assertThat(acknowledged).containsExactly(1L, 100L);
        }
        try (Journal journal = Journal.open(directory)) {
            assertThat(journal.sequences()).isEqualTo(acknowledged);
            assertThat(standingOf(journal, 1)).contains("noted before 30");
        }
    }

    /// Of the journal, by this process.
    private long openFiles() throws IOException {
        long open = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                open += isOfTheJournal(descriptor) ? 1 : 0;
            }
        }
        return open;
    }

    private boolean isOfTheJournal(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(directory.toRealPath());
        } catch (NoSuchFileException closed) {
            return false;
        }
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime() - end).as("within 30 s").isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void smallFilesOfManyStartsAreJoined() throws Exception {
        for (int i = 1; i <= 40; i++) {
            try (Journal journal = Journal.open(directory)) {
                journal.commit(List.of(body(i, "event " + i)));
            }
        }
        assertThat(files()).hasSizeLessThan(20);
        try (Journal journal = Journal.open(directory)) {
            assertThat(journal.sequences()).hasSize(40);
            assertThat(bodyOf(journal, 1)).isEqualTo("event 1");
        }
    }

    private static void commit(Journal journal, Frame frame, List<Long> acknowledged) {
        try {
            journal.commit(List.of(frame));
        } catch (IOException refused) {
            return; // its caller is told
        }
        acknowledged.add(frame.sequence());
    }

    /// How large this process may make its files: what is beyond is refused, as a full disk refuses it.
    private static void limitFiles(String bytes) throws Exception {
        long self = ProcessHandle.current().pid();
        Process prlimit = new ProcessBuilder("prlimit", "--pid", "" + self, "--fsize=" + bytes + ":")
                .inheritIO()
                .start();
        assertThat(prlimit.waitFor()).isZero();
    }

    @Test
    void commitsFailWithTheReasonWhenTheJournalsThreadHasDied() throws Exception {
        Path said = directory.resolve("said");
        Process starved = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xms" + StarvedJournal.HEAP,
                        "-Xmx" + StarvedJournal.HEAP,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StarvedJournal.class.getName(),
                        directory.toString())
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(starved.waitFor(60, TimeUnit.SECONDS))
                    .as("no commit waits for ever")
                    .isTrue();
        } finally {
            starved.destroyForcibly().waitFor();
        }
        List<String> lines = Files.readAllLines(said);
        assertThat(lines).hasSize(2).allMatch(line -> line.contains("OutOfMemoryError"));
        assertThat(lines.getLast()).contains(directory.toString()).contains("restart Hearth");
    }

    @Test
    void killBetweenMovingAndDeletingLeavesEachEntryOnce() throws Exception {
        try (Journal journal = Journal.open(directory, SMALL_SEGMENT)) {
            journal.commit(List.of(body(1, "moved"), standing(1, "old")));
        }
        Path old = files().getFirst();
        // The copy is there, the original too.
        byte[] copy = Files.readAllBytes(old);
        try (Journal journal = Journal.open(directory, SMALL_SEGMENT)) {
            journal.commit(List.of(body(1, "moved"), standing(1, "old"), standing(1, "new")));
        }
        if (!Files.exists(old)) {
            Files.write(old, copy);
        }
        try (Journal journal = Journal.open(directory, SMALL_SEGMENT)) {
            assertThat(journal.sequences()).containsExactly(1L);
            assertThat(standingOf(journal, 1)).contains("new");
        }
    }

    @Test
    void manyCallersAtOnceAllFindTheirEntriesAgain() throws Exception {
        int callers = 16;
        int each = 50;
        try (Journal journal = Journal.open(directory, 20_000);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int caller = 0; caller < callers; caller++) {
                int first = caller * each + 1;
                running.add(threads.submit(() -> {
                    for (int i = first; i < first + each; i++) {
                        journal.commit(List.of(body(i, "event " + i)));
                        assertThat(bodyOf(journal, i)).isEqualTo("event " + i);
                    }
                    return first;
                }));
            }
            for (Future<?> caller : running) {
                caller.get();
            }
        }
        try (Journal journal = Journal.open(directory)) {
            assertThat(journal.sequences())
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, callers * each)
                            .mapToObj(Long::valueOf)
                            .toList());
            assertThat(bodyOf(journal, 777)).isEqualTo("event 777");
        }
    }

    @Test
    void closedJournalTakesNothing() throws Exception {
        Journal journal = Journal.open(directory);
        journal.close();
        assertThatThrownBy(() -> journal.commit(List.of(body(1, "late"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void filesAreForTheirOwnerOnly() throws Exception {
        try (Journal journal = Journal.open(directory)) {
            journal.commit(List.of(body(1, "secret")));
            assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(files().getLast())))
                    .isEqualTo("rw-------");
        }
    }
}
