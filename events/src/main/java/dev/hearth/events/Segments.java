package dev.hearth.events;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The journal's files and what is alive in them. Changed by the journal's thread alone; other threads look up
/// entries.
///
/// Segments are given up oldest first. So whatever a segment says about an entry, that entry's body is in the same
/// segment or an older one, and with the oldest segment nothing goes that anyone still needs. A segment whose entries
/// will not end is given up too, when there is more garbage than anything else or there are many small files: what is
/// alive in it is written again at the end.
final class Segments {
    /// Files that are not full there may be, from many starts or failures, before they are joined.
    private static final int SMALL_FILES = 16;

    private static final System.Logger LOG = System.getLogger("dev.hearth.events");

    private final Path directory;
    private final long segmentBytes;

    /// Oldest first; the last one is written.
    private final List<Segment> segments = new ArrayList<>();

    /// Concurrent because deliveries look up entries while the journal's thread changes them.
    private final Map<Long, LiveEntry> live = new ConcurrentHashMap<>();

    /// Bytes of living bodies by segment: what the segments' ends are decided by.
    private final Map<Segment, Long> liveBytes = new HashMap<>();

    private long liveTotal;

    /// Whether nobody knows what the end of the last file holds, because writing or forcing it failed. Nothing more
    /// is written to it: what follows bytes that are no frames is not found again.
    private boolean endUnknown;

    /// Number of the newest segment that was ever forced: in those after it nothing is certain.
    private long forced;

    /// What holds but was not forced yet. It is written again where forcing failed, for the system forgets it then.
    private final List<Frame> unforced = new ArrayList<>();

    Segments(Path directory, long segmentBytes) {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
    }

    /// Reads what an earlier journal left and begins a new segment.
    void open() throws IOException {
        for (Segment segment : Segment.existing(directory)) {
            if (segment.size() == 0) {
                segment.drop();
                continue;
            }
            long torn = segment.scan((frame, offset) -> applied(frame, new Place(segment, offset, frame.size())));
            if (torn > 0) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the end of a journal file was cut off when the server or the machine died file="
                                + segment.file() + " bytes=" + torn);
            }
            segments.add(segment);
        }
        roll();
        reclaim();
    }

    /// Sequence numbers of what is there, in order.
    List<Long> sequences() {
        return live.keySet().stream().sorted().toList();
    }

    Optional<LiveEntry> find(long sequence) {
        return Optional.ofNullable(live.get(sequence));
    }

    /// Writes frames at the end. What they say holds when all of them are written, and forced where that is asked
    /// for; of frames that failed nothing holds before the next start.
    void write(List<Frame> frames, boolean durable) throws IOException {
        if (endUnknown && segments.getLast().size() > 0) {
            beginAnew();
        }
        endUnknown = true; // until all is written
        var places = new ArrayList<Place>(frames.size());
        for (List<Frame> piece : pieces(frames)) {
            writePiece(piece, places);
        }
        if (durable) {
            forceLast();
        }
        endUnknown = false;
        for (int i = 0; i < frames.size(); i++) {
            if (!durable && changesAnything(frames.get(i))) {
                unforced.add(frames.get(i));
            }
            applied(frames.get(i), places.get(i));
        }
    }

    private boolean changesAnything(Frame frame) {
        return frame.kind() != Frame.Kind.GONE || live.containsKey(frame.sequence());
    }

    private void writePiece(List<Frame> frames, List<Place> places) throws IOException {
        Segment current = segments.getLast();
        writePiece(current.size() >= segmentBytes ? roll() : current, frames, places);
    }

    private static void writePiece(Segment current, List<Frame> frames, List<Place> places) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(frames.stream().mapToInt(Frame::size).sum());
        frames.forEach(frame -> bytes.put(frame.encoded()));
        long offset = current.size();
        current.write(bytes.flip());
        for (Frame frame : frames) {
            places.add(new Place(current, offset, frame.size()));
            offset += frame.size();
        }
    }

    /// Bounded pieces, so that a large batch needs no buffer of its size.
    private static List<List<Frame>> pieces(List<Frame> frames) {
        var pieces = new ArrayList<List<Frame>>();
        int from = 0;
        long size = 0;
        for (int i = 0; i < frames.size(); i++) {
            size += frames.get(i).size();
            if (size >= 1 << 20 || i == frames.size() - 1) {
                pieces.add(frames.subList(from, i + 1));
                from = i + 1;
                size = 0;
            }
        }
        return pieces;
    }

    /// What was written survives a power cut when this returns.
    void force() throws IOException {
        try {
            forceLast();
        } catch (IOException e) {
            endUnknown = true;
            throw e;
        }
    }

    private void forceLast() throws IOException {
        segments.getLast().force();
        forced = segments.getLast().number();
        unforced.clear();
    }

    /// Begins a new segment; all that is in the old one is durable then, so that no later fact can survive an
    /// earlier one.
    private Segment roll() throws IOException {
        if (!segments.isEmpty() && segments.getLast().size() > 0) {
            forceLast();
        }
        Segment next = create();
        segments.add(next);
        return next;
    }

    private Segment create() throws IOException {
        return Segment.create(
                directory, segments.isEmpty() ? 1 : segments.getLast().number() + 1);
    }

    /// Begins a new segment after a failure, in the place of those that were never forced: however long a disk
    /// refuses, there is one file more.
    private void beginAnew() throws IOException {
        Segment next = create();
        var places = new ArrayList<Place>(unforced.size());
        try {
            for (List<Frame> piece : pieces(unforced)) {
                writePiece(next, piece, places);
            }
        } catch (IOException e) {
            next.drop();
            throw e;
        }
        segments.add(next);
        for (int i = 0; i < places.size(); i++) {
            applied(unforced.get(i), places.get(i));
        }
        for (Segment segment : List.copyOf(segments)) {
            if (segment.number() > forced && segment != next) {
                giveUp(segment);
            }
        }
    }

    private void giveUp(Segment segment) throws IOException {
        segments.remove(segment);
        liveBytes.remove(segment);
        segment.drop();
    }

    private void applied(Frame frame, Place place) {
        switch (frame.kind()) {
            case BODY -> {
                // In one step: whoever looks it up while it moves finds it in the old place or in the new.
                LiveEntry old = live.put(frame.sequence(), new LiveEntry(place, Optional.empty()));
                count(place, 1);
                uncount(old);
            }
            case STANDING -> live.computeIfPresent(frame.sequence(), (sequence, entry) -> entry.withStanding(place));
            case GONE -> uncount(live.remove(frame.sequence()));
            case TOGETHER -> {
                long offset = place.offset() + Frame.HEAD_BYTES;
                for (Frame part : frame.parts()) {
                    applied(part, new Place(place.segment(), offset, part.size()));
                    offset += part.size();
                }
            }
        }
    }

    private void uncount(@Nullable LiveEntry old) {
        if (old != null) {
            count(old.body(), -1);
        }
    }

    private void count(Place body, int sign) {
        long bytes = (long) sign * body.length();
        liveTotal += bytes;
        liveBytes.merge(body.segment(), bytes, Long::sum);
    }

    /// Gives up old segments that nothing needs, or too little.
    void reclaim() throws IOException {
        while (segments.size() > 1) {
            Segment oldest = segments.getFirst();
            if (liveBytes.getOrDefault(oldest, 0L) > 0) {
                if (!garbagePrevails() && !areManySmall()) {
                    return;
                }
                moveOn(oldest);
            }
            giveUp(oldest);
        }
    }

    private boolean garbagePrevails() {
        return totalBytes() - liveTotal > Math.max(liveTotal, 2 * segmentBytes);
    }

    private boolean areManySmall() {
        return segments.size() > SMALL_FILES + 2 * (totalBytes() / segmentBytes);
    }

    private long totalBytes() {
        return segments.stream().mapToLong(Segment::size).sum();
    }

    /// Writes what is alive in a segment again at the end, durably.
    private void moveOn(Segment oldest) throws IOException {
        var frames = new ArrayList<Frame>();
        for (Map.Entry<Long, LiveEntry> entry : live.entrySet()) {
            Place body = entry.getValue().body();
            if (body.segment() == oldest) {
                frames.add(whole(entry.getValue()));
            }
        }
        write(frames, true);
    }

    /// An entry in one frame: a copy of its body alone would make it fresh again.
    private static Frame whole(LiveEntry entry) throws IOException {
        var parts = new ArrayList<Frame>();
        parts.add(entry.body().frame());
        if (entry.standing().isPresent()) {
            parts.add(entry.standing().get().frame());
        }
        return Frame.together(parts);
    }

    void close() throws IOException {
        for (Segment segment : segments) {
            segment.close();
        }
    }
}
