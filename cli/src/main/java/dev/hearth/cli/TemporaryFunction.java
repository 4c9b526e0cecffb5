package dev.hearth.cli;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/// A function that lives as long as a measurement: deleted when it is closed, and when the command is interrupted.
final class TemporaryFunction implements AutoCloseable {
    private static final int LONGEST_NAME = 64;
    private static final int MOST_DELETIONS = 8;
    private static final long PAUSE_FOR_LOG_MILLIS = 300;

    private final LambdaApi lambda;
    private final LogsApi logs;
    private final Terminal terminal;
    private final Readiness readiness;
    private final String name;
    private final AtomicBoolean deleted = new AtomicBoolean();
    private final Thread onInterrupt = new Thread(this::delete, "delete the temporary function");

    private TemporaryFunction(LambdaApi lambda, LogsApi logs, Terminal terminal, String name) {
        this.lambda = lambda;
        this.logs = logs;
        this.terminal = terminal;
        this.readiness = new Readiness(lambda, terminal);
        this.name = name;
    }

    /// Makes a copy of a function and waits until it can be called.
    ///
    /// @param purpose becomes a part of its name
    static TemporaryFunction make(
            LambdaApi lambda, LogsApi logs, Terminal terminal, FunctionCopy copy, String purpose) {
        String name = name(copy.configuration().textOrEmpty("FunctionName"), purpose);
        var function = new TemporaryFunction(lambda, logs, terminal, name);
        // Before it is made: an interrupt may come while the server makes it.
        Runtime.getRuntime().addShutdownHook(function.onInterrupt);
        try {
            lambda.create(copy.create(name));
            function.awaitReady();
            return function;
        } catch (RuntimeException e) {
            function.close();
            throw e;
        }
    }

    private static String name(String of, String purpose) {
        String unique = HexFormat.of()
                .toHexDigits(ThreadLocalRandom.current().nextInt())
                .substring(2);
        String end = "-" + purpose + "-" + unique;
        return of.substring(0, Math.min(of.length(), LONGEST_NAME - end.length())) + end;
    }

    String name() {
        return name;
    }

    /// Changes its configuration and waits until it can be called so.
    void configure(Map<String, Object> changes) {
        lambda.updateConfiguration(name, changes);
        awaitReady();
    }

    private void awaitReady() {
        String failure = Readiness.failure(readiness.await(name));
        if (!failure.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FUNCTION_ERROR, "The temporary copy '" + name + "' cannot be called: " + failure);
        }
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // The command is being interrupted: the hook runs, and finds the work done.
        }
    }

    private void delete() {
        if (!deleted.compareAndSet(false, true)) {
            return;
        }
        try {
            lambda.delete(name, Optional.empty());
            deleteLog();
        } catch (CommandFailure e) {
            boolean neverMade = e instanceof RefusedByServer refused && refused.isNotFound();
            if (!neverMade) {
                terminal.note("hearth: the temporary function is still there (" + e.getMessage()
                        + "). Remove it: hearth delete " + name);
            }
        }
    }

    /// Until nothing comes any more: what its instances write while they end makes the group anew.
    private void deleteLog() {
        for (int i = 0; i < MOST_DELETIONS && logs.deleteGroup(name); i++) {
            Readiness.pause(PAUSE_FOR_LOG_MILLIS);
        }
    }
}
