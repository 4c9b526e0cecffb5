package dev.hearth.events;

import dev.hearth.model.AsyncInvocation;
import java.time.Instant;
import java.util.Optional;

/// An event as the journal keeps it: what never changes.
///
/// @param call       what was asked for
/// @param acceptedAt when
/// @param hops       destinations that led here, one after the other; 0 for a caller's own event
/// @param source     the event whose record this is
record StoredEvent(AsyncInvocation call, Instant acceptedAt, int hops, Optional<Source> source) {}
