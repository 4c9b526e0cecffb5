package dev.hearth.benchmarks;

import java.util.Optional;

/// What Hearth said of one invocation, and what its caller saw.
///
/// @param origin         where the instance came from
/// @param cause          why no idle instance was there; empty where one was
/// @param assignedNanos  from the request until it had an instance
/// @param dispatchNanos  from the request until the handler was entered
/// @param respondedNanos from the request until the answer was there
/// @param callerNanos    from sending until the whole answer, on the caller's clock
record Start(
        String origin, String cause, long assignedNanos, long dispatchNanos, long respondedNanos, long callerNanos) {
    static final String ASK = "X-Hearth-Report";
    static final String ORIGIN = "X-Hearth-Origin";
    static final String CAUSE = "X-Hearth-Cause";
    static final String TIMELINE = "X-Hearth-Timeline";

    /// @param timeline `name=nanos` since the request was read, joined by commas
    /// @throws WrongAnswerException when the server does not say so
    static Start of(Optional<String> origin, Optional<String> cause, Optional<String> timeline, long callerNanos) {
        String said = origin.orElseThrow(() -> new WrongAnswerException("The server does not say " + ORIGIN + "."));
        String points = timeline.orElse("");
        return new Start(
                said,
                cause.orElse(""),
                point(points, "assigned"),
                point(points, "handler_start"),
                point(points, "responded"),
                callerNanos);
    }

    /// What the caller waited beyond what a warm dispatch takes.
    long visibleColdNanos(long warmDispatchNanos) {
        return Math.max(0, dispatchNanos - warmDispatchNanos);
    }

    boolean isWarm() {
        return origin.equals("warm");
    }

    private static long point(String timeline, String name) {
        for (String point : timeline.split(",")) {
            String[] parts = point.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equals(name)) {
                return Long.parseLong(parts[1]);
            }
        }
        throw new WrongAnswerException("The server's " + TIMELINE + " does not say " + name + ": '" + timeline + "'.");
    }
}
