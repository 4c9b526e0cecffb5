package dev.hearth.server;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// How the server's own log looks: one line an event, on stderr, its time in UTC.
final class Logging {
    /// Kept, because the logging library forgets the level of a logger nobody holds.
    private static final List<Logger> QUIET = List.of(Logger.getLogger("io.helidon"));

    private Logging() {}

    /// Called before the first event.
    static void configure() {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL%1$tz %4$-7s %3$s %5$s%6$s%n");
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    }
}
