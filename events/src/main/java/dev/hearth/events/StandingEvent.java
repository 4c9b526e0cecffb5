package dev.hearth.events;

/// An event with where it stands.
record StandingEvent(StoredEvent event, Standing standing) {}
