/// The program: `Main`, and `Wiring`, the only place that sees everything.
///
/// `Wiring` builds the parts with constructors, in order, and closes them in reverse; `Edge` sends a request
/// to the part that answers it; `ServerConfig` is the whole configuration.
@NullMarked
package dev.hearth.server;

import org.jspecify.annotations.NullMarked;
