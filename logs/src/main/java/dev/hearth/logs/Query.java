package dev.hearth.logs;

import java.util.function.Predicate;

/// Which events are asked for.
///
/// @param streams   of these streams
/// @param fromMillis at or after this time
/// @param toMillis  before this time
/// @param messages  whose message passes
record Query(Predicate<String> streams, long fromMillis, long toMillis, Predicate<String> messages) {
    boolean matches(LogLine line) {
        return line.epochMillis() >= fromMillis
                && line.epochMillis() < toMillis
                && streams.test(line.stream())
                && messages.test(line.message());
    }
}
