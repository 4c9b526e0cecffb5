package dev.hearth.sam;

/// A reference to something that Hearth does not have, and what was taken for it.
///
/// @param reference such as `Orders` or `Orders.Arn`
public record StandIn(int line, String reference, String value) {}
