package dev.hearth.logs;

import dev.hearth.logs.Group.Snapshot;
import dev.hearth.logs.LogLine.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks for events in the files of a group, as they stood when the snapshot was taken. One thread.
///
/// Events are found in the order in which they were written; a page is sorted by time.
final class EventReading {
    /// AWS's limit of a page.
    private static final long PAGE_BYTES = 1_048_576;

    private static final long EVENT_OVERHEAD_BYTES = 26;

    private final Snapshot snapshot;
    private final Query query;
    private final int limit;

    /// @param limit the most events of a page
    EventReading(Snapshot snapshot, Query query, int limit) {
        this.snapshot = snapshot;
        this.query = query;
        this.limit = limit;
    }

    /// The first events at or after a place.
    EventPage forward(Position from) throws IOException {
        var events = new ArrayList<Event>();
        var size = new long[1];
        var stopped = new boolean[1];
        for (Snapshot.Part part : snapshot.parts()) {
            if (part.number() < from.segment() || part.lastMillis() < earliest() || stopped[0]) {
                continue;
            }
            long start = part.number() == from.segment() ? from.offset() : 0;
            SegmentReader.read(part.file(), start, part.length(), (line, at, end) -> {
                Optional<Event> event = line.flatMap(found -> match(found, new Position(part.number(), at), end));
                if (event.isPresent() && (events.size() == limit || size[0] + bytes(event.get()) > PAGE_BYTES)) {
                    stopped[0] = !events.isEmpty();
                    if (stopped[0]) {
                        return false;
                    }
                }
                event.ifPresent(found -> {
                    events.add(found);
                    size[0] += bytes(found);
                });
                return true;
            });
        }
        Position first = events.isEmpty() ? from : events.getFirst().position();
        Position end = stopped[0] ? events.getLast().end() : max(from, snapshot.end());
        return new EventPage(events, first, end, !stopped[0]);
    }

    /// The last events before a place.
    EventPage backward(Position before) throws IOException {
        var events = new ArrayDeque<Event>();
        boolean full = false;
        List<Snapshot.Part> parts = snapshot.parts();
        for (int i = parts.size() - 1; i >= 0 && !full; i--) {
            Snapshot.Part part = parts.get(i);
            if (part.number() <= before.segment() && part.lastMillis() >= earliest()) {
                long end = part.number() == before.segment() ? Math.min(before.offset(), part.length()) : part.length();
                full = addBefore(events, part, end);
            }
        }
        Position first = events.isEmpty() ? before : events.getFirst().position();
        return new EventPage(List.copyOf(events), first, before, !full);
    }

    /// Puts a file's last events in front of those that are there.
    ///
    /// @return whether there was no room for all
    private boolean addBefore(ArrayDeque<Event> events, Snapshot.Part part, long to) throws IOException {
        int room = limit - events.size();
        long[] bytes = {
            PAGE_BYTES - events.stream().mapToLong(EventReading::bytes).sum()
        };
        var found = new ArrayDeque<Event>();
        var dropped = new boolean[1];
        boolean mayBeEmpty = !events.isEmpty();
        SegmentReader.read(part.file(), 0, to, (line, at, end) -> {
            line.flatMap(l -> match(l, new Position(part.number(), at), end)).ifPresent(event -> {
                found.addLast(event);
                bytes[0] -= bytes(event);
            });
            while (!found.isEmpty() && (found.size() > room || (bytes[0] < 0 && (mayBeEmpty || found.size() > 1)))) {
                bytes[0] += bytes(found.removeFirst());
                dropped[0] = true;
            }
            return true;
        });
        found.descendingIterator().forEachRemaining(events::addFirst);
        return dropped[0];
    }

    private Optional<Event> match(LogLine line, Position at, long end) {
        boolean asked =
                line.kind() == Kind.EVENT && line.epochMillis() >= snapshot.visibleMillis() && query.matches(line);
        if (!asked) {
            return Optional.empty();
        }
        Position deleted = snapshot.deletedStreams().get(line.stream());
        if (deleted != null && at.compareTo(deleted) < 0) {
            return Optional.empty();
        }
        return Optional.of(new Event(
                at,
                new Position(at.segment(), end),
                line.stream(),
                line.epochMillis(),
                line.ingestedMillis(),
                line.message()));
    }

    private long earliest() {
        return Math.max(query.fromMillis(), snapshot.visibleMillis());
    }

    private static Position max(Position one, Position other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static long bytes(Event event) {
        return event.message().length() + EVENT_OVERHEAD_BYTES;
    }
}
