package dev.hearth.model;

import java.util.Optional;

/// How an invocation ended and what it took; what the edge answers from and metrics are counted by.
///
/// @param outcome       how it ended
/// @param origin        where its instance came from; empty where none was assigned
/// @param cause         why it did not come from an idle instance; empty where it did, or none was assigned
/// @param timeline      what happened when
/// @param queueNanos    from received to assigned to an instance
/// @param durationNanos from assigned to answered
/// @param initNanos     init time that this caller waited for, zero when none
/// @param logTail       the last 4 KB of its log where the caller asked for it
public record InvocationReport(
        Outcome outcome,
        Optional<Origin> origin,
        Optional<StartCause> cause,
        Timeline timeline,
        long queueNanos,
        long durationNanos,
        long initNanos,
        Optional<byte[]> logTail) {}
