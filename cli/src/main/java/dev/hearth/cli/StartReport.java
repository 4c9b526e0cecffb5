package dev.hearth.cli;

import dev.hearth.cli.HttpConnection.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What the server said of one invocation: where its instance came from, and what happened when.
///
/// @param origin   `warm`, `thaw`, `pagein`, `fork`, `stem`, `restore` or `boot`
/// @param cause    why there was no idle instance; empty where there was one
/// @param timeline nanoseconds since the request was received, by name; what did not happen is not in it
record StartReport(String origin, Optional<String> cause, Map<String, Long> timeline) {
    static final String REQUEST_HEADER = "X-Hearth-Report";
    static final String HANDLER_START = "handler_start";
    static final String HANDLER_END = "handler_end";
    static final String RESPONDED = "responded";
    /// A duration among the points in time.
    static final String HIDDEN_INIT = "hidden_init";

    /// Reads the header fields of an answer.
    ///
    /// @return empty where the server reports no starts
    static Optional<StartReport> of(Answer answer) {
        return of(
                answer.header("X-Hearth-Origin"), answer.header("X-Hearth-Cause"), answer.header("X-Hearth-Timeline"));
    }

    static Optional<StartReport> of(Optional<String> origin, Optional<String> cause, Optional<String> timeline) {
        return origin.map(o -> new StartReport(o, cause, points(timeline.orElse(""))));
    }

    /// When something happened, in nanoseconds since the request was received.
    OptionalLong at(String point) {
        Long nanos = timeline.get(point);
        return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    /// How long the handler ran; where the runtime does not tell, until the answer was there.
    OptionalLong handlerNanos() {
        OptionalLong start = at(HANDLER_START);
        OptionalLong end = at(HANDLER_END).isPresent() ? at(HANDLER_END) : at(RESPONDED);
        return start.isPresent() && end.isPresent()
                ? OptionalLong.of(Math.max(0, end.getAsLong() - start.getAsLong()))
                : OptionalLong.empty();
    }

    private static Map<String, Long> points(String text) {
        var points = new LinkedHashMap<String, Long>();
        for (String point : text.split(",")) {
            int equals = point.indexOf('=');
            if (equals > 0) {
                points.put(point.substring(0, equals).strip(), nanos(point.substring(equals + 1)));
            }
        }
        return points;
    }

    private static long nanos(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new CommandFailure(
                    ExitCode.SERVER_FAULT,
                    "The server's X-Hearth-Timeline has '" + text + "' where nanoseconds are to be.",
                    e);
        }
    }
}
