package dev.hearth.engine;

import java.util.function.BooleanSupplier;

/// Under which conditions an instance is booted.
///
/// @param needed     asked when its turn has come; when nobody needs it any more it is closed instead
/// @param background nobody waits for it: it boots when there is nothing better to do, and is parked
/// @param ready      instances that its version has without it
/// @param frequency  how often its version is called
record BootOrder(BooleanSupplier needed, boolean background, int ready, double frequency) {}
