package dev.hearth.cli;

import dev.hearth.cli.LambdaApi.Measured;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Forces an origin, invokes, and keeps the sample where it had that origin.
///
/// @param label      begins what is shown of the progress
/// @param beforeEach runs between arranging an invocation and making it
record ColdRun(
        LambdaApi lambda,
        String function,
        Optional<String> qualifier,
        byte[] payload,
        Progress progress,
        String label,
        Runnable beforeEach) {
    /// The rungs of the start ladder, cheapest first.
    static final List<String> ORIGINS = List.of("warm", "thaw", "pagein", "fork", "stem", "restore", "boot");

    private static final int SPARE_ATTEMPTS = 5;

    ColdRun(
            LambdaApi lambda,
            String function,
            Optional<String> qualifier,
            byte[] payload,
            Progress progress,
            Runnable beforeEach) {
        this(lambda, function, qualifier, payload, progress, "", beforeEach);
    }

    ColdRun labelled(String other) {
        return new ColdRun(lambda, function, qualifier, payload, progress, other, beforeEach);
    }

    /// Takes samples of one origin.
    ///
    /// @throws CommandFailure when the function answers with an error: that is no start worth measuring
    ColdSamples take(String origin, int wanted) {
        var samples = new ArrayList<Measured>();
        Map<String, Integer> discarded = new TreeMap<>();
        String unavailable = "";
        for (int attempt = 0; samples.size() < wanted && attempt < 2 * wanted + SPARE_ATTEMPTS; attempt++) {
            progress.show(
                    "%s%s %d of %d%s".formatted(label, origin, samples.size(), wanted, discardedSoFar(discarded)));
            String arranged = lambda.arrange(function, qualifier, origin);
            if (!arranged.equals(origin)) {
                unavailable = "not available here: the server would answer from " + arranged;
                if (samples.isEmpty()) {
                    return ColdSamples.none(origin, discarded, unavailable);
                }
                discarded.merge(arranged, 1, Integer::sum);
                continue;
            }
            beforeEach.run();
            Measured sample = invoke();
            if (sample.start().origin().equals(origin)) {
                samples.add(sample);
            } else {
                discarded.merge(sample.start().origin(), 1, Integer::sum);
            }
        }
        return samples.isEmpty()
                ? ColdSamples.none(origin, discarded, "was arranged, but the invocations had other origins")
                : new ColdSamples(origin, samples, discarded, "");
    }

    private Measured invoke() {
        Measured sample = lambda.measure(function, qualifier, payload);
        if (!sample.answer().functionError().isEmpty()) {
            String said = new String(sample.answer().payload(), StandardCharsets.UTF_8);
            throw new CommandFailure(
                    ExitCode.FUNCTION_ERROR,
                    "'" + function + "' answers with an error, so its starts cannot be measured: "
                            + said.substring(0, Math.min(300, said.length()))
                            + " Give it an event it accepts with --payload.");
        }
        if (sample.start().at(StartReport.HANDLER_START).isEmpty()) {
            throw new CommandFailure(
                    ExitCode.SERVER_FAULT, "The server does not say when the handler of '" + function + "' started.");
        }
        return sample;
    }

    private static String discardedSoFar(Map<String, Integer> discarded) {
        return discarded.isEmpty() ? "" : ", discarded " + discarded;
    }
}
