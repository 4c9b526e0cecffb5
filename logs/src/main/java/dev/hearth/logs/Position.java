package dev.hearth.logs;

import java.util.Comparator;

/// A place in a log group: everything before it was written earlier.
///
/// @param segment number of the file
/// @param offset  byte in it
record Position(long segment, long offset) implements Comparable<Position> {
    static final Position START = new Position(0, 0);
    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::segment).thenComparingLong(Position::offset);
    private static final long MOST_OFFSETS = 10_000_000_000_000L;

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    /// As event id: 56 digits, growing, as AWS gives them.
    String eventId() {
        return "%043d%013d".formatted(segment, offset % MOST_OFFSETS);
    }

    @Override
    public String toString() {
        return segment + "-" + offset;
    }

    /// @throws NumberFormatException when it is not what [#toString()] makes
    static Position parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 1) {
            throw new NumberFormatException("not a position: " + text);
        }
        return new Position(
                Long.parseUnsignedLong(text, 0, dash, 10), Long.parseUnsignedLong(text, dash + 1, text.length(), 10));
    }
}
