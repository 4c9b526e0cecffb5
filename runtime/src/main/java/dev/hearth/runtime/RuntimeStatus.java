package dev.hearth.runtime;

/// One of AWS's runtimes and whether it can be used here.
///
/// @param runtime AWS's identifier, such as `python3.13`
public record RuntimeStatus(String runtime, Availability availability) {}
