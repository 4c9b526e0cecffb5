/// OS isolation around one process tree: namespaces, cgroup, mounts, network, limits.
///
/// A [SandboxFactory] makes a [Sandbox] from a [SandboxSpec]; the Linux one stands on bubblewrap and
/// cgroup files. Knows nothing of functions. Safe for use by any thread.
@NullMarked
package dev.hearth.sandbox;

import org.jspecify.annotations.NullMarked;
