package dev.hearth.events;

import java.io.IOException;

/// Where a frame stands in the journal.
record Place(Segment segment, long offset, int length) {
    Frame frame() throws IOException {
        return segment.read(offset, length);
    }
}
