/// Pure decisions: when to start an instance, which one to end. No thread, socket or system clock; what
/// they need is passed in. `engine` acts on them.
@NullMarked
package dev.hearth.scheduler;

import org.jspecify.annotations.NullMarked;
