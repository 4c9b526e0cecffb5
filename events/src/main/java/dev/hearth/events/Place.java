package dev.hearth.events;

/// Where a frame stands in the journal.
record Place(Segment segment, long offset, int length) {}
