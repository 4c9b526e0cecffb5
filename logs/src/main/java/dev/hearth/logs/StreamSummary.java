package dev.hearth.logs;

import dev.hearth.logs.LogLine.Kind;

/// What is known of a log stream without reading its events.
///
/// @param name          the stream
/// @param createdMillis when it was created, or its first event came in
/// @param firstMillis   time of its earliest event; [#NO_EVENT] when it has none
/// @param lastMillis    time of its latest event; [#NO_EVENT] when it has none
/// @param ingestedMillis when its latest event came in
record StreamSummary(String name, long createdMillis, long firstMillis, long lastMillis, long ingestedMillis) {
    static final long NO_EVENT = Long.MIN_VALUE;

    static StreamSummary of(LogLine line) {
        boolean event = line.kind() == Kind.EVENT;
        return new StreamSummary(
                line.stream(),
                line.ingestedMillis(),
                event ? line.epochMillis() : NO_EVENT,
                event ? line.epochMillis() : NO_EVENT,
                line.ingestedMillis());
    }

    boolean hasEvents() {
        return lastMillis != NO_EVENT;
    }

    /// The same stream with what came later.
    StreamSummary and(StreamSummary later) {
        return new StreamSummary(
                name,
                Math.min(createdMillis, later.createdMillis),
                hasEvents() && later.hasEvents()
                        ? Math.min(firstMillis, later.firstMillis)
                        : hasEvents() ? firstMillis : later.firstMillis,
                Math.max(lastMillis, later.lastMillis),
                Math.max(ingestedMillis, later.ingestedMillis));
    }
}
