package dev.hearth.logs;

import java.util.Comparator;
import java.util.List;

/// Some events of a query.
///
/// @param events   by time, those of the same time as they came
/// @param start    the place before the first of them
/// @param end      the place after the last that was looked at
/// @param complete whether there were no more in this direction
record EventPage(List<Event> events, Position start, Position end, boolean complete) {
    EventPage {
        events = events.stream()
                .sorted(Comparator.comparingLong(Event::epochMillis).thenComparing(Event::position))
                .toList();
    }
}
