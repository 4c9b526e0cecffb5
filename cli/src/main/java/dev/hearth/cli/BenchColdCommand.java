package dev.hearth.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hearth bench cold`: what a caller waits for each origin that an instance can have.
@Command(
        name = "cold",
        description =
                "Force each origin of an instance in turn, verify that it was that origin, and print what callers waited.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "3:an origin that --origin names cannot be had here"},
        footer = {
            "",
            "  hearth bench cold orders",
            "  hearth bench cold orders --origin thaw --origin boot --samples 200 --json"
        })
final class BenchColdCommand extends ServerCommand {
    private static final int MOST_SAMPLES = 100_000;

    @Mixin
    final BenchTarget target = new BenchTarget();

    @Option(
            names = "--origin",
            paramLabel = "NAME",
            description = "Only this one: thaw, pagein, fork, stem, restore or boot; may be repeated.")
    List<String> origins = new ArrayList<>();

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "20",
            description = "Samples of each origin (default 20). A p99 needs 200, a p99.9 1,000.")
    int samples = 20;

    @Option(
            names = "--drop-caches",
            description = "Empty the page cache before each sample. Needs root, and the server on this machine.")
    boolean dropCaches;

    BenchColdCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run() {
        check();
        LambdaApi lambda = lambda();
        Json function = target.configuration(lambda);
        URI endpoint = endpoint();
        Runnable beforeEach = dropCaches ? PageCache.dropping(endpoint) : () -> {};
        var circumstances = Circumstances.now(
                endpoint, dropCaches ? "emptied before each sample" : "as the samples before left it");
        byte[] payload = Event.read(target.payload, surroundings.in());
        ColdReport report;
        try (var progress = new Progress(terminal())) {
            var run = new ColdRun(lambda, target.name, target.version(), payload, progress, beforeEach);
            report = new ColdReport(function, circumstances, warm(run), starts(run));
        }
        if (server.json) {
            terminal().print(report.json().pretty());
        } else {
            report.print(terminal());
        }
        return complainOfMissing(report);
    }

    private ColdSamples warm(ColdRun run) {
        ColdSamples warm = run.take("warm", samples);
        if (warm.samples().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "'" + target.name + "' has no warm invocation to compare its starts with: warm "
                            + warm.unavailable() + ".");
        }
        return warm;
    }

    private List<ColdSamples> starts(ColdRun run) {
        return ColdRun.ORIGINS.stream()
                .filter(origin -> !origin.equals("warm"))
                .filter(origin -> origins.isEmpty() || origins.contains(origin))
                .map(origin -> run.take(origin, samples))
                .toList();
    }

    /// An origin that this host lacks is no failure, unless it was asked for.
    private ExitCode complainOfMissing(ColdReport report) {
        List<ColdSamples> missing = origins.isEmpty()
                ? List.of()
                : report.origins().stream()
                        .filter(origin -> origin.samples().isEmpty())
                        .toList();
        missing.forEach(origin -> terminal().note("hearth: " + origin.origin() + " " + origin.unavailable() + "."));
        return missing.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private void check() {
        for (String origin : origins) {
            if (!ColdRun.ORIGINS.contains(origin)) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "There is no origin '" + origin + "'; there are " + String.join(", ", ColdRun.ORIGINS) + ".");
            }
        }
        if (samples < 1 || samples > MOST_SAMPLES) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--samples must be from 1 to " + MOST_SAMPLES + ", not " + samples + ".");
        }
    }
}
