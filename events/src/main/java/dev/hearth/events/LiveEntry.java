package dev.hearth.events;

import java.util.Optional;

/// Where the two frames of an entry stand that is still there.
///
/// @param standing empty where the entry was never changed
record LiveEntry(Place body, Optional<Place> standing) {
    LiveEntry withStanding(Place place) {
        return new LiveEntry(body, Optional.of(place));
    }
}
