package dev.hearth.model;

import java.util.Optional;

/// Bounds on the execution environments of a published version; kept and shown.
public record ScalingConfig(Optional<Integer> minimum, Optional<Integer> maximum) {}
