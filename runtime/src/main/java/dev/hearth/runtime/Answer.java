package dev.hearth.runtime;

import dev.hearth.model.Payload;

/// What became of an event that was handed to a function.
public sealed interface Answer {
    /// The function answered; the payload is empty where the answer was streamed.
    record Response(Payload payload) implements Answer {}

    /// The function reported an error: the error document as it sent it.
    ///
    /// @param errorType value of `Lambda-Runtime-Function-Error-Type`; empty where it sent none
    @SuppressWarnings("AvoidCommonTypeNames") // always seen as Answer.Error
    record Error(String errorType, Payload payload) implements Answer {}

    /// The function answered with more than the limit.
    ///
    /// @param bytes how many came, of a streamed answer at least
    record TooLarge(long bytes, long limit) implements Answer {}

    /// No answer came in time.
    record TimedOut() implements Answer {}

    /// The sandbox ended, or its Runtime API was closed, before it answered.
    record Disconnected() implements Answer {}
}
