package dev.hearth.sandbox;

/// What a sandbox can reach besides itself. Either way it has a network namespace of its own, with its own
/// loopback: it reaches neither the host's loopback nor another sandbox.
public enum Network {
    /// Nothing.
    NONE,
    /// Whatever the host reaches by its routes, through address translation; not the host itself.
    OUTBOUND
}
