package dev.hearth.logs;

import dev.hearth.model.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Log groups on disk: a directory each, in it text files that end at a size and are deleted, the oldest first,
/// beyond the group's limit.
///
/// Any thread appends, and never waits for the disk: one virtual thread of the store writes what has come in, a few
/// times a second. What was written survives the death of the process; up to [LogsConfig#flushEvery] may be lost.
/// Groups are read from the disk when they are first used.
public final class LogStore implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.hearth.logs");
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);

    private final Path directory;
    private final LogsConfig config;
    private final Clock clock;
    private final PendingLines pending;
    private final Map<String, Group> groups = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final Thread writer;
    private boolean failing; // guarded by `writing`

    private LogStore(Path directory, LogsConfig config, Clock clock) {
        this.directory = directory;
        this.config = config;
        this.clock = clock;
        this.pending = new PendingLines(config.pending().bytes());
        this.writer = Thread.ofVirtual().name("log-writer").unstarted(this::writeUntilClosed);
    }

    /// Opens the store in a directory, made where it does not exist. One process at a time.
    public static LogStore open(Path directory, LogsConfig config, Clock clock) throws IOException {
        Files.createDirectories(directory);
        var store = new LogStore(directory, config, clock);
        store.writer.start();
        return store;
    }

    /// Adds an event; group and stream come into being with their first one. Returns at once. What is longer than
    /// an event may be is split. When the disk does not keep up, the oldest events are dropped, counted, and a line
    /// in their group says so.
    ///
    /// @param message without line break at its end
    public void append(String group, String stream, Instant time, String message) {
        append(group, stream, time.toEpochMilli(), message);
    }

    /// The same with the time in milliseconds since 1970.
    public void append(String group, String stream, long epochMillis, String message) {
        long now = clock.now().toEpochMilli();
        for (String piece : LineSplitter.split(message, config.line().bytes())) {
            pending.add(group, LogLine.event(epochMillis, now, stream, piece));
        }
    }

    /// Writes what has come in so far; returns when it can be read.
    public void flush() {
        writing.lock();
        try {
            PendingLines.Batch batch = pending.take();
            batch.dropped().keySet().forEach(group -> batch.lines().computeIfAbsent(group, g -> new ArrayList<>()));
            batch.lines()
                    .forEach((group, lines) ->
                            writeOrCount(group, lines, batch.dropped().getOrDefault(group, 0L)));
        } finally {
            writing.unlock();
        }
    }

    /// Events dropped since the start, for a metric.
    public long dropped() {
        return pending.droppedInAll();
    }

    /// Writes what is pending and ends the writer.
    @Override
    public void close() {
        pending.close();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        flush();
    }

    /// The names of all groups, sorted. One may be gone by the time it is asked for.
    List<String> groupNames() throws IOException {
        var names = new ArrayList<String>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.filter(Files::isDirectory).toList()) {
                GroupName.group(String.valueOf(entry.getFileName()))
                        .or(() -> nameInside(entry))
                        .ifPresent(names::add);
            }
        }
        names.sort(null);
        return names;
    }

    private static Optional<String> nameInside(Path directory) {
        try {
            return GroupMeta.read(directory).map(GroupMeta::name);
        } catch (IOException e) {
            return Optional.empty(); // whoever names the group is told why it cannot be read
        }
    }

    Optional<Group> group(String name) throws IOException {
        Group loaded = groups.get(name);
        if (loaded != null) {
            return Optional.of(loaded);
        }
        writing.lock();
        try {
            Path place = directory.resolve(GroupName.directory(name));
            Optional<GroupMeta> meta = GroupMeta.read(place);
            return meta.isPresent() ? Optional.of(remember(name, place, meta.get())) : Optional.empty();
        } finally {
            writing.unlock();
        }
    }

    /// @return false when there is one already
    boolean createGroup(String name) throws IOException {
        writing.lock();
        try {
            if (group(name).isPresent()) {
                return false;
            }
            Path place = directory.resolve(GroupName.directory(name));
            Files.createDirectories(place);
            var meta = new GroupMeta(name, clock.now().toEpochMilli(), OptionalInt.empty());
            meta.write(place);
            remember(name, place, meta);
            return true;
        } finally {
            writing.unlock();
        }
    }

    /// @return false when there is none
    boolean deleteGroup(String name) throws IOException {
        writing.lock();
        try {
            flush();
            Optional<Group> group = group(name);
            if (group.isEmpty()) {
                return false;
            }
            groups.remove(name);
            group.get().delete();
            return true;
        } finally {
            writing.unlock();
        }
    }

    /// Writes lines before returning, in a group that exists.
    void write(String group, List<LogLine> lines) throws IOException {
        writing.lock();
        try {
            flush();
            if (!groupToWrite(group).write(lines)) {
                throw new IOException("the log group " + group + " was deleted meanwhile");
            }
        } finally {
            writing.unlock();
        }
    }

    private Group remember(String name, Path place, GroupMeta meta) throws IOException {
        Group loaded = groups.get(name);
        if (loaded != null) {
            return loaded;
        }
        Group opened = Group.open(place, config, clock, meta);
        groups.put(name, opened);
        return opened;
    }

    private Group groupToWrite(String name) throws IOException {
        Optional<Group> found = group(name);
        if (found.isPresent()) {
            return found.get();
        }
        createGroup(name);
        return group(name).orElseThrow(() -> new IOException("the log group " + name + " could not be made"));
    }

    private void writeOrCount(String group, List<LogLine> lines, long droppedBefore) {
        try {
            groupToWrite(group).write(droppedBefore == 0 ? lines : withNote(lines, droppedBefore));
            failing = false;
        } catch (IOException e) {
            pending.countDropped(group, lines.size(), droppedBefore);
            warnOnce(group, e);
        }
    }

    /// A full disk fails several times a second: it is said once, until a write succeeds.
    private void warnOnce(String group, IOException e) {
        if (!failing) {
            failing = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Cannot write logs, lines are lost; check that the disk has space. group=" + group + " directory="
                            + directory,
                    e);
        }
    }

    private List<LogLine> withNote(List<LogLine> lines, long dropped) {
        long now = clock.now().toEpochMilli();
        String stream = lines.isEmpty() ? "hearth" : lines.getFirst().stream();
        var noted = new ArrayList<LogLine>();
        noted.add(LogLine.event(
                now,
                now,
                stream,
                "[hearth] " + dropped + " log lines of this group were dropped here: the disk did not keep up"));
        noted.addAll(lines);
        return noted;
    }

    private void writeUntilClosed() {
        Instant swept = Instant.MIN;
        while (!pending.isClosed()) {
            try {
                pending.await(SWEEP_EVERY, config.flushEvery());
                flush();
                if (swept.isBefore(clock.now().minus(SWEEP_EVERY))) {
                    swept = clock.now();
                    sweep();
                }
            } catch (InterruptedException e) {
                return; // only close() ends it, and flushes itself
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "Log writer failed, goes on. directory=" + directory, e);
            }
        }
    }

    /// Deletes what is past its retention in groups that nobody writes any more.
    private void sweep() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                Optional<GroupMeta> meta = GroupMeta.read(entry);
                if (meta.isPresent() && meta.get().retentionDays().isPresent()) {
                    Optional<Group> group = group(meta.get().name());
                    if (group.isPresent()) {
                        group.get().enforceLimits();
                    }
                }
            }
        }
    }
}
