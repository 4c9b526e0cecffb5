/// The small HTTP interface that every edge of Hearth is written against: a [Request] in, a [Response] out.
///
/// [HttpServer] stands behind it (Helidon SE on virtual threads) and is the only class that knows which
/// server it is. A [Handler] runs on one virtual thread per request and may block.
@NullMarked
package dev.hearth.http;

import org.jspecify.annotations.NullMarked;
