/// What functions poll and what starts them: the Runtime API of one sandbox ([RuntimeApi]), the runtimes
/// found on this machine ([Runtimes]) and the bootstraps that run inside the sandbox.
///
/// A [RuntimeApi] serves each connection on a virtual thread; its caller's thread writes the event to the
/// function itself and waits for the answer, so that one invocation costs one hand-over, not two.
@NullMarked
package dev.hearth.runtime;

import org.jspecify.annotations.NullMarked;
