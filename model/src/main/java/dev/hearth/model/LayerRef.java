package dev.hearth.model;

/// A layer version that a function version uses.
///
/// @param arn  the layer version's ARN
/// @param code its content
public record LayerRef(String arn, CodeRef code) {}
