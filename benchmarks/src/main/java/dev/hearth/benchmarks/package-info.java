/// Measures each speed promise with one command and writes JSON and a table.
///
/// `Main` is where to start. `WarmInvoke`, `ServerStart`, `Cold`, `Replay`, `Standbys` and `FirstCall` are the
/// benchmarks; `ClosedLoop` and `OpenLoop` generate load. Nothing here is on a production class path. One thread
/// generates all load, but `OpenLoop` has a virtual thread for each call.
@NullMarked
package dev.hearth.benchmarks;

import org.jspecify.annotations.NullMarked;
