/// Asynchronous invocation: events are on the disk before their callers are told so, delivered at least once through
/// the engine, tried again, and when all has failed handed to destinations or kept.
///
/// [AsyncEvents] is the whole of it to others. Edges call it on their own threads; one platform thread writes the
/// journal, one virtual thread decides what is due, and each delivery has a virtual thread of its own.
@NullMarked
package dev.hearth.events;

import org.jspecify.annotations.NullMarked;
