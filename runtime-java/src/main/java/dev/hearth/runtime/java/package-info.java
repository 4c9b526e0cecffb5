/// The bootstrap that runs inside the sandbox of a Java function: it finds the handler, polls the
/// Runtime API and calls the handler with each event. Main type: [Bootstrap]; nobody else calls in.
///
/// Everything runs on the main thread. The package is compiled for Java 11 and touches as few classes
/// as it can on its way to the first event: no lambdas, streams, `String.format` or regular
/// expressions there, and AWS's serialization library only when a type of the function needs it.
@NullMarked
package dev.hearth.runtime.java;

import org.jspecify.annotations.NullMarked;
