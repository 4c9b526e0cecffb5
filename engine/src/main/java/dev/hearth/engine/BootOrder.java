package dev.hearth.engine;

import dev.hearth.scheduler.Figures;
import java.util.function.BooleanSupplier;

/// Under which conditions an instance is booted.
///
/// @param needed     asked when its turn has come; when nobody needs it any more it is closed instead
/// @param background nobody waited for it when it was ordered: it boots when there is nothing better to do, and is
///                   parked
/// @param awaited    asked until it boots: whether somebody waits for it by now
/// @param ready      instances that its version has without it
/// @param frequency  how often its version is called
/// @param figures    what starts of its version take
record BootOrder(
        BooleanSupplier needed,
        boolean background,
        BooleanSupplier awaited,
        int ready,
        double frequency,
        Figures figures) {

    /// For what no version needs, and nobody will wait for.
    static BootOrder forNobody() {
        return new BootOrder(() -> true, true, () -> false, Integer.MAX_VALUE, 0, Figures.typical());
    }
}
