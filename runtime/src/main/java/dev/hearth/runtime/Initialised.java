package dev.hearth.runtime;

import dev.hearth.model.Payload;

/// How a function's initialisation went.
public sealed interface Initialised {
    /// It asked for its first event.
    record Ready() implements Initialised {}

    /// It reported an error: the error document as it sent it.
    record Failed(String errorType, Payload payload) implements Initialised {}

    /// Neither came in time.
    record TimedOut() implements Initialised {}

    /// The sandbox ended, or its Runtime API was closed, first.
    record Disconnected() implements Initialised {}
}
