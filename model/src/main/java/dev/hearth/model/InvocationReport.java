package dev.hearth.model;

import java.util.Optional;

/// How an invocation ended and what it took; what the edge answers from and metrics are counted by.
///
/// @param outcome       how it ended
/// @param origin        where its instance came from; empty where none was assigned
/// @param queueNanos    from received to assigned to an instance
/// @param durationNanos from assigned to answered
/// @param initNanos     init time that this caller waited for, zero when none
/// @param logTail       the last 4 KB of its log where the caller asked for it
public record InvocationReport(
        Outcome outcome,
        Optional<Origin> origin,
        long queueNanos,
        long durationNanos,
        long initNanos,
        Optional<byte[]> logTail) {}
