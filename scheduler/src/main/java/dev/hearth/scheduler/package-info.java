/// Pure decisions: where an instance comes from, when to start one, which one to page out or to end, which HTTP
/// function to probe. No thread, socket or system clock; what they need is passed in. `engine` acts on them, and
/// `simulation` replays traces against the very same code. Records are immutable; classes with state
/// ([GreedyDual], [IdleHistogram], [Panic], [Prober], [ScalingRate]) belong to one thread or one lock of the caller.
@NullMarked
package dev.hearth.scheduler;

import org.jspecify.annotations.NullMarked;
