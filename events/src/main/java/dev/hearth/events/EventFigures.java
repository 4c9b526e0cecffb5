package dev.hearth.events;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What the queue holds now.
///
/// @param byState     how many events are in each state; every state is there
/// @param queuedBytes payloads of those that will be attempted by themselves
/// @param oldest      since when the oldest of those waits
public record EventFigures(Map<EventState, Integer> byState, long queuedBytes, Optional<Instant> oldest) {
    public EventFigures {
        byState = Map.copyOf(byState);
    }
}
