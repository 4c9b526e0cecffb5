package dev.hearth.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStoreIT {
    private static final String GROUP = "/aws/lambda/f";
    private static final Query ALL = new Query(s -> true, Long.MIN_VALUE, Long.MAX_VALUE, m -> true);

    /// Small, and flushed when the test says so.
    private static final LogsConfig SMALL = new LogsConfig(
            ByteSize.ofKib(1), ByteSize.ofKib(4), ByteSize.ofMib(1), ByteSize.ofBytes(300), Duration.ofHours(1));

    @TempDir
    Path directory;

    private final FakeClock clock = new FakeClock();
    private LogStore store;

    @BeforeEach
    void open() throws IOException {
        store = LogStore.open(directory, SMALL, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void append(String stream, String message) {
        store.append(GROUP, stream, clock.now(), message);
    }

    private Group group() throws IOException {
        store.flush();
        return store.group(GROUP).orElseThrow();
    }

    private List<String> messages(Query query) throws IOException {
        return new EventReading(group().snapshot(), query, 10_000)
                .forward(Position.START).events().stream().map(Event::message).toList();
    }

    private void reopen() throws IOException {
        store.close();
        store = LogStore.open(directory, SMALL, clock);
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(GroupName.directory(GROUP)))) {
            return files.filter(file -> Segment.number(file) >= 0).sorted().toList();
        }
    }

    @Test
    void eventsAreThereAfterReopening() throws Exception {
        append("one", "first\nsecond line");
        clock.advance(Duration.ofSeconds(1));
        append("two", "ünï 🔥");
        reopen();
        assertThat(messages(ALL)).containsExactly("first\nsecond line", "ünï 🔥");
        assertThat(group().streams()).extracting(StreamSummary::name).containsExactlyInAnyOrder("one", "two");
        append("one", "third");
        assertThat(messages(ALL)).containsExactly("first\nsecond line", "ünï 🔥", "third");
    }

    @Test
    void eventsReachTheDiskByThemselves() throws Exception {
        store.close();
        store = LogStore.open(directory, LogsConfig.DEFAULT, clock);
        append("one", "hello");
        Path file = directory.resolve(GroupName.directory(GROUP)).resolve("0000000001.log");
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!Files.exists(file) || !Files.readString(file).endsWith("\tone\thello\n")) {
            assertThat(System.nanoTime() - deadline).as("it was not written").isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void tornLastLineIsSkippedAndWrittenOver() throws Exception {
        append("one", "whole");
        store.close();
        Files.writeString(segments().getLast(), "E\t1700000000000\t0\tone\tto", StandardOpenOption.APPEND);
        store = LogStore.open(directory, SMALL, clock);
        assertThat(messages(ALL)).containsExactly("whole");
        append("one", "next");
        assertThat(messages(ALL)).containsExactly("whole", "next");
        reopen();
        assertThat(messages(ALL)).containsExactly("whole", "next");
    }

    @Test
    void rubbishBetweenLinesIsSkipped() throws Exception {
        append("one", "whole");
        store.close();
        Files.writeString(segments().getLast(), "\0\0\0rubbish\n", StandardOpenOption.APPEND);
        store = LogStore.open(directory, SMALL, clock);
        append("one", "next");
        assertThat(messages(ALL)).containsExactly("whole", "next");
    }

    @Test
    void oldestSegmentsGoWhenTheGroupIsFull() throws Exception {
        for (int i = 0; i < 200; i++) {
            append("s" + i, "message " + i + " " + "x".repeat(50));
        }
        List<String> left = messages(ALL);
        assertThat(left.getLast()).startsWith("message 199 ");
        assertThat(left.size()).isBetween(20, 60);
        assertThat(group().storedBytes()).isLessThanOrEqualTo(SMALL.group().bytes());
        assertThat(segments()).hasSizeBetween(2, 4);
        assertThat(group().streams()).hasSize(left.size());
        reopen();
        assertThat(messages(ALL)).isEqualTo(left);
        append("s", "after");
        assertThat(messages(ALL).getLast()).isEqualTo("after");
    }

    @Test
    void longLinesAreSplit() throws Exception {
        append("one", "x".repeat(300) + "y".repeat(10));
        assertThat(messages(ALL)).containsExactly("x".repeat(300), "y".repeat(10));
    }

    @Test
    void droppedLinesAreCountedAndSaid() throws Exception {
        var tight = new LogsConfig(
                ByteSize.ofMib(1),
                ByteSize.ofMib(4),
                ByteSize.ofBytes(2_000),
                ByteSize.ofKib(256),
                Duration.ofHours(1));
        store.close();
        store = LogStore.open(directory, tight, clock);
        store.close(); // its writer has ended: nothing is taken until the test flushes
        for (int i = 0; i < 100; i++) {
            append("one", "message " + i);
        }
        List<String> messages = messages(ALL);
        long dropped = store.dropped();
        assertThat(dropped).isBetween(80L, 99L);
        assertThat(messages.getFirst())
                .isEqualTo(
                        "[hearth] " + dropped + " log lines of this group were dropped here: the disk did not keep up");
        assertThat(messages.getLast()).isEqualTo("message 99");
        assertThat(messages).hasSize(101 - (int) dropped);
    }

    @Test
    void linesThatCannotBeWrittenAreCountedAndSaidLater() throws Exception {
        Path place = directory.resolve(GroupName.directory(GROUP));
        Files.writeString(place, "a file where the group's directory should be");
        append("one", "lost");
        store.flush();
        append("one", "lost too");
        store.flush();
        assertThat(store.dropped()).isEqualTo(2);
        Files.delete(place);
        append("one", "kept");
        assertThat(messages(ALL))
                .containsExactly(
                        "[hearth] 2 log lines of this group were dropped here: the disk did not keep up", "kept");
        assertThat(store.dropped()).isEqualTo(2);
    }

    @Test
    void manyThreadsLoseNothingAndKeepTheirOrder() throws Exception {
        store.close();
        store = LogStore.open(directory, LogsConfig.DEFAULT, clock);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int t = 0; t < 8; t++) {
                String stream = "s" + t;
                threads.execute(() -> IntStream.range(0, 1_000).forEach(i -> append(stream, stream + ":" + i)));
            }
        }
        for (int t = 0; t < 8; t++) {
            String stream = "s" + t;
            assertThat(messages(new Query(stream::equals, Long.MIN_VALUE, Long.MAX_VALUE, m -> true)))
                    .isEqualTo(IntStream.range(0, 1_000)
                            .mapToObj(i -> stream + ":" + i)
                            .toList());
        }
        assertThat(store.dropped()).isZero();
    }

    @Test
    void retentionHidesAndDeletes() throws Exception {
        append("old", "old");
        group().retain(OptionalInt.of(1));
        assertThat(messages(ALL)).containsExactly("old");
        clock.advance(Duration.ofHours(25));
        assertThat(messages(ALL)).isEmpty();
        for (Path segment : segments()) {
            Files.setLastModifiedTime(
                    segment, java.nio.file.attribute.FileTime.fromMillis(clock.millis() - 90_000_000));
        }
        group().enforceLimits();
        assertThat(segments()).isEmpty();
        append("new", "new");
        assertThat(messages(ALL)).containsExactly("new");
        reopen();
        assertThat(group().meta().retentionDays()).hasValue(1);
        assertThat(messages(ALL)).containsExactly("new");
    }

    @Test
    void deletedGroupIsGoneAndComesBackWithItsNextEvent() throws Exception {
        append("one", "before");
        assertThat(store.deleteGroup(GROUP)).isTrue();
        assertThat(store.deleteGroup(GROUP)).isFalse();
        assertThat(store.group(GROUP)).isEmpty();
        assertThat(store.groupNames()).isEmpty();
        append("one", "after");
        assertThat(messages(ALL)).containsExactly("after");
    }

    @Test
    void halfMadeGroupIsMadeAnew() throws Exception {
        Files.createDirectory(directory.resolve(GroupName.directory(GROUP)));
        assertThat(store.group(GROUP)).isEmpty();
        append("one", "x");
        assertThat(messages(ALL)).containsExactly("x");
    }

    @Test
    void pagesGoForwardAndBackwardOverSegments() throws Exception {
        IntStream.range(0, 30).forEach(i -> append("one", "message " + i + " " + "x".repeat(50)));
        Group.Snapshot snapshot = group().snapshot();
        assertThat(snapshot.parts()).hasSizeGreaterThan(2);
        var reading = new EventReading(snapshot, ALL, 7);
        var forward = new java.util.ArrayList<String>();
        EventPage page = reading.forward(Position.START);
        while (!page.complete()) {
            assertThat(page.events()).hasSize(7);
            page.events().forEach(event -> forward.add(event.message()));
            page = reading.forward(page.end());
        }
        page.events().forEach(event -> forward.add(event.message()));
        assertThat(forward).hasSize(30).startsWith(messages(ALL).getFirst()).isEqualTo(messages(ALL));

        var backward = new java.util.ArrayDeque<String>();
        page = reading.backward(snapshot.end());
        while (!page.events().isEmpty()) {
            page.events().reversed().forEach(event -> backward.addFirst(event.message()));
            page = reading.backward(page.start());
        }
        assertThat(List.copyOf(backward)).isEqualTo(forward);
    }

    @Test
    void pagesHoldAMegabyteAtMost() throws Exception {
        store.close();
        store = LogStore.open(directory, LogsConfig.DEFAULT, clock);
        IntStream.range(0, 10).forEach(i -> append("one", i + "x".repeat(200_000)));
        var reading = new EventReading(group().snapshot(), ALL, 10_000);
        EventPage first = reading.forward(Position.START);
        assertThat(first.events()).hasSize(5);
        assertThat(reading.forward(first.end()).events()).hasSize(5);
        EventPage last = reading.backward(group().snapshot().end());
        assertThat(last.events()).hasSize(5);
        assertThat(last.events().getLast().message()).startsWith("9x");
        assertThat(reading.backward(last.start()).events()).hasSize(5);
    }
}
