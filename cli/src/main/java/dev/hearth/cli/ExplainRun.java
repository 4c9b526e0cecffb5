package dev.hearth.cli;

import dev.hearth.cli.LambdaApi.Measured;
import dev.hearth.cli.LogsApi.LogEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Boots a temporary copy of a function and reads what its instance logged.
record ExplainRun(LambdaApi lambda, LogsApi logs, String function, byte[] payload, Progress progress) {
    private static final int ATTEMPTS = 3;
    private static final long PAUSE_MILLIS = 100;
    private static final Duration LONGEST_WAIT_FOR_LOG = Duration.ofSeconds(20);

    /// Forces boots.
    List<Measured> boots(int count, String what) {
        var boots = new ArrayList<Measured>();
        while (boots.size() < count) {
            progress.show(what + ", " + (boots.size() + 1) + " of " + count);
            boots.add(boot());
        }
        return boots;
    }

    private Measured boot() {
        String origin = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            lambda.arrange(function, Optional.empty(), "boot");
            Measured sample = lambda.measure(function, Optional.empty(), payload);
            if (!sample.answer().functionError().isEmpty()) {
                String said = new String(sample.answer().payload(), StandardCharsets.UTF_8);
                throw new CommandFailure(
                        ExitCode.FUNCTION_ERROR,
                        "The function answers with an error, so its start cannot be explained: "
                                + said.substring(0, Math.min(300, said.length()))
                                + " Give it an event it accepts with --payload.");
            }
            origin = sample.start().origin();
            if (origin.equals("boot")) {
                return sample;
            }
        }
        throw new CommandFailure(
                ExitCode.REFUSED,
                "The server did not boot an instance when asked to, but answered from " + origin + ".");
    }

    /// What the instance of an invocation logged from its beginning to the end of that invocation.
    List<String> log(Measured invocation) {
        Instant deadline = Instant.now().plus(LONGEST_WAIT_FOR_LOG);
        while (true) {
            Optional<List<String>> log = completeLog(events(), invocation.requestId());
            if (log.isPresent()) {
                return log.get();
            }
            if (Instant.now().isAfter(deadline)) {
                throw new CommandFailure(
                        ExitCode.SERVER_FAULT,
                        "The log of the temporary copy '" + function + "' has no end of invocation "
                                + invocation.requestId() + " after " + LONGEST_WAIT_FOR_LOG.toSeconds() + " s.");
            }
            progress.show("waiting for the log");
            Readiness.pause(PAUSE_MILLIS);
        }
    }

    /// All that the copy has logged: its clock need not be ours.
    private List<LogEvent> events() {
        try {
            return logs.events(function, Instant.EPOCH);
        } catch (RefusedByServer e) {
            if (e.isNotFound()) {
                return List.of();
            }
            throw e;
        }
    }

    /// The lines of the stream in which an invocation was reported; empty while it was not.
    static Optional<List<String>> completeLog(List<LogEvent> events, String requestId) {
        Optional<String> stream = events.stream()
                .filter(event -> event.message().startsWith("REPORT RequestId: " + requestId))
                .map(LogEvent::stream)
                .findFirst();
        return stream.map(name -> events.stream()
                .filter(event -> event.stream().equals(name))
                .flatMap(event -> event.message().lines())
                .toList());
    }
}
