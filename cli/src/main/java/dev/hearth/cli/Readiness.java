package dev.hearth.cli;

import java.time.Duration;

/// Waits until a function can be invoked.
final class Readiness {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 250;

    private final LambdaApi lambda;
    private final Terminal terminal;

    Readiness(LambdaApi lambda, Terminal terminal) {
        this.lambda = lambda;
        this.terminal = terminal;
    }

    /// Waits until a function is neither Pending nor being updated, and says that it waits when that takes long.
    ///
    /// @return its configuration then, whatever became of it
    Json await(String name) {
        long start = System.nanoTime();
        long pauseMillis = FIRST_PAUSE_MILLIS;
        boolean noted = false;
        while (true) {
            Json function = lambda.configuration(name).orElseThrow(() -> Missing.function(lambda, name));
            if (!isBusy(function)) {
                return function;
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            if (waited.compareTo(LONGEST) > 0) {
                throw new CommandFailure(
                        ExitCode.SERVER_FAULT,
                        "'" + name + "' is still " + status(function) + " after " + LONGEST.toMinutes()
                                + " minutes. The server's log says what it does.");
            }
            if (!noted && waited.compareTo(QUIET) > 0) {
                terminal.note("waiting for " + name + " to be ready (" + status(function) + ") ...");
                noted = true;
            }
            pause(pauseMillis);
            pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
        }
    }

    /// Why a function cannot be invoked, or its last update failed; empty where all is well.
    static String failure(Json function) {
        if (function.textOrEmpty("State").equals("Failed")) {
            return function.textOrEmpty("StateReason");
        }
        return function.textOrEmpty("LastUpdateStatus").equals("Failed")
                ? function.textOrEmpty("LastUpdateStatusReason")
                : "";
    }

    private static boolean isBusy(Json function) {
        return function.textOrEmpty("State").equals("Pending")
                || function.textOrEmpty("LastUpdateStatus").equals("InProgress");
    }

    private static String status(Json function) {
        return function.textOrEmpty("State").equals("Pending") ? "Pending" : "update InProgress";
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.BUG, "interrupted while waiting", e);
        }
    }
}
