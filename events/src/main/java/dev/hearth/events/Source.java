package dev.hearth.events;

/// Whose record an event is: its payload says how another event ended.
///
/// @param requestId of the other event
/// @param function  that the other event was for
/// @param qualifier of that function
/// @param condition how the other event ended
record Source(String requestId, String function, String qualifier, Condition condition) {}
