/// The scheduler's own code against recorded arrivals on a simulated clock: what a policy does to callers and to
/// memory, as text whose diff shows what a change did. Main program: [Simulation]. One thread; nothing depends on
/// this module.
@NullMarked
package dev.hearth.simulation;

import org.jspecify.annotations.NullMarked;
