package dev.hearth.sam;

import java.util.List;

/// A resource with all its values computed.
///
/// @param standIns what was taken for resources that Hearth does not have
/// @param ignored  what of it could not be used after all
public record Evaluated(Spec spec, List<StandIn> standIns, List<Ignored> ignored) {
    public Evaluated {
        standIns = List.copyOf(standIns);
        ignored = List.copyOf(ignored);
    }
}
