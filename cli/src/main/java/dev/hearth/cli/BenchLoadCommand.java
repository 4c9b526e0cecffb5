package dev.hearth.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hearth bench load`: what callers wait when they come at a rate that does not depend on the answers.
@Command(
        name = "load",
        description = "Call a function at a rate, whether or not it keeps up, and print what callers waited.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "1:no call succeeded"},
        footer = {
            "",
            "  hearth bench load orders --stage 200/30s",
            "  hearth bench load orders --stage 200/30s --stage 200-1200/10s --stage 1200/30s --json"
        })
final class BenchLoadCommand extends ServerCommand {
    private static final int MOST_OUTSTANDING = 50_000;
    private static final long PROGRESS_MILLIS = 250;
    private static final Duration GRACE = Duration.ofSeconds(60);

    @Mixin
    final BenchTarget target = new BenchTarget();

    @Option(
            names = "--stage",
            paramLabel = "RATE/TIME",
            description =
                    "Calls per second and how long, such as 200/30s or, changing evenly, 200-1200/1m; may be repeated"
                            + " (default 100/10s).")
    List<String> stages = new ArrayList<>();

    @Option(
            names = "--outstanding",
            paramLabel = "N",
            defaultValue = "2000",
            description =
                    "The most calls that are under way at once (default 2000); more are held back, and that counts.")
    int outstanding = 2000;

    BenchLoadCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run() {
        List<Stage> parsed = (stages.isEmpty() ? List.of("100/10s") : stages)
                .stream().map(Stage::parse).toList();
        if (outstanding < 1 || outstanding > MOST_OUTSTANDING) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--outstanding must be from 1 to " + MOST_OUTSTANDING + ", not " + outstanding + ".");
        }
        Json function = target.configuration(lambda());
        LoadReport report = measure(parsed, function);
        if (server.json) {
            terminal().print(report.json().pretty());
        } else {
            report.print(terminal());
        }
        boolean any = report.tallies().stream().anyMatch(tally -> tally.succeeded() > 0);
        if (!any) {
            terminal().note("hearth: no call of '" + target.name + "' succeeded. Its log: hearth logs " + target.name);
        }
        return any ? ExitCode.OK : ExitCode.FUNCTION_ERROR;
    }

    private LoadReport measure(List<Stage> parsed, Json function) {
        Endpoint endpoint = server.endpoint(surroundings.environment());
        var request = new WireRequest(
                endpoint,
                server.signer(surroundings.environment()),
                LambdaApi.invocations(target.name, target.version()),
                Event.read(target.payload, surroundings.in()));
        // The server answers within the function's time-out and what a caller may wait for an instance.
        Duration timeout =
                Duration.ofSeconds(function.number("Timeout").orElse(3L)).plus(GRACE);
        var circumstances = Circumstances.now(endpoint.uri(), "not touched");
        try (var connections = new WireConnections(endpoint.uri(), timeout)) {
            var run = new LoadRun(parsed, connections, request, outstanding);
            Thread reporter = reportProgress(run);
            List<LoadTally> tallies;
            try {
                tallies = run.run();
            } finally {
                end(reporter);
            }
            return new LoadReport(target.name, circumstances, parsed, tallies, run.heldBack());
        }
    }

    /// Beside the sending thread, which a slow terminal must not hold up.
    private @Nullable Thread reportProgress(LoadRun run) {
        return terminal().errIsTerminal() ? Thread.ofVirtual().start(() -> showUntilInterrupted(run)) : null;
    }

    private void showUntilInterrupted(LoadRun run) {
        try (var progress = new Progress(terminal())) {
            while (true) {
                Thread.sleep(PROGRESS_MILLIS);
                progress.show(run.status());
            }
        } catch (InterruptedException e) {
            // The run has ended.
        }
    }

    private static void end(@Nullable Thread reporter) {
        if (reporter == null) {
            return;
        }
        reporter.interrupt();
        try {
            reporter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
