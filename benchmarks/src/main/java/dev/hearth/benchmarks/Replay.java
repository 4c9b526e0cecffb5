package dev.hearth.benchmarks;

import dev.hearth.benchmarks.ReplayPlan.Terms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A real trace of arrivals, squeezed in time, against real sandboxes: how often a caller sees a cold start after the
/// functions were published, and why.
final class Replay {
    private static final int PORT = 19_930;
    private static final long SWAP_BYTES_EACH = 96L << 20;
    private static final int REAL_FREEZE_AFTER_MILLIS = 2_000;
    private static final int REAL_PAGE_OUT_AFTER_SECONDS = 900;

    private final Options options;
    private final Trace trace;
    private final Terms terms;

    private Replay(Options options) throws Exception {
        this.options = options;
        this.trace = Trace.load().sample(options.count("--functions", 100, 10));
        double compression = options.number("--compression", 48, 48);
        double minutes = options.number("--minutes", 10, 0.5);
        String arrivals = options.text("--arrivals", "uniform");
        if (!List.of("uniform", "squeezed").contains(arrivals)) {
            throw new IllegalArgumentException("--arrivals is uniform or squeezed, not '" + arrivals + "'.");
        }
        this.terms = new Terms(
                Math.clamp(Math.round(minutes * compression), 1, trace.minutes()),
                compression,
                options.number("--rate", 100, 50),
                arrivals.equals("squeezed"),
                options.count("--seed", 1, 1));
    }

    static void run(Options options) throws Exception {
        new Replay(options).run();
    }

    private void run() throws Exception {
        Machine machine = Machine.here();
        ReplayPlan plan = ReplayPlan.of(trace, terms);
        Path work = Files.createDirectories(options.output().resolve("replay"));
        int count = trace.functions().size();
        var swap = SwapFile.ensure(work, count * SWAP_BYTES_EACH);
        try (HearthProcess hearth = HearthProcess.start(
                        options.launcher(), Folders.fresh(work.resolve("data")), PORT, configuration());
                var server = new LambdaApi(hearth.port())) {
            Mix mix = Mix.build(options, server);
            Deploys.all(server, mix, count, Replay::name);
            System.err.printf(
                    "Replaying %,d calls in %d s%n",
                    plan.calls().size(), plan.length().toSeconds());
            List<OpenLoop.Result> results = OpenLoop.run(
                    plan.calls(),
                    (number, call) -> server.invoke(
                                    name(call.function()),
                                    mix.of(call.function()).event(number, call.sleepMillis()))
                            .start());
            new ReplayReport(options, machine, terms, plan, count, mix, results).publish();
            if (results.stream().anyMatch(result -> result.start().isEmpty())) {
                System.exit(1);
            }
        } finally {
            swap.ifPresent(SwapFile::close);
        }
    }

    /// What Hearth does after a time it does so many times as soon, so that calls find what they would have found.
    private String configuration() {
        return """
                engine:
                  standbys:
                    freezeAfterMillis: %d
                    pageOutAfterSeconds: %d
                """.formatted(
                        Math.max(1, Math.round(REAL_FREEZE_AFTER_MILLIS / terms.compression())),
                        Math.max(1, Math.round(REAL_PAGE_OUT_AFTER_SECONDS / terms.compression())));
    }

    private static String name(int number) {
        return "replayed-" + number;
    }
}
