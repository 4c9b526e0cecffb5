package dev.hearth.logs;

/// One log event as it was read.
///
/// @param position        where it begins
/// @param end             where the next one begins
/// @param stream          its log stream
/// @param epochMillis     when it happened
/// @param ingestedMillis  when it came in
record Event(Position position, Position end, String stream, long epochMillis, long ingestedMillis, String message) {}
