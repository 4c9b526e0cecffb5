/// Measures each speed promise with one command and writes JSON and a table.
///
/// `Main` is where to start; `WarmInvoke` and `ServerStart` are the benchmarks, `ClosedLoop` is the load generator.
/// Nothing here is on a production class path. One thread generates all load.
@NullMarked
package dev.hearth.benchmarks;

import org.jspecify.annotations.NullMarked;
