package dev.hearth.engine;

import java.util.function.BooleanSupplier;

/// Under which conditions an instance is booted.
///
/// @param needed     asked when its turn has come; when nobody needs it any more it is closed instead
/// @param background nobody waited for it when it was ordered: it boots when there is nothing better to do, and is
///                   parked
/// @param awaited    asked until it boots: whether somebody waits for it by now
/// @param ready      instances that its version has without it
/// @param frequency  how often its version is called
record BootOrder(BooleanSupplier needed, boolean background, BooleanSupplier awaited, int ready, double frequency) {}
