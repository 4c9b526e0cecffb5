package dev.hearth.sam;

/// Something in a template that nothing is done about.
///
/// @param line where it stands
/// @param what what it is, such as `Orders: Events.Get (Api)`
/// @param why  why, and what there is instead
public record Ignored(int line, String what, String why) {}
