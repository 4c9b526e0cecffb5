package dev.hearth.cli;

import dev.hearth.cli.LambdaApi.Measured;
import dev.hearth.cli.Phases.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hearth explain`: where the time of a function's start goes.
@Command(
        name = "explain",
        description = "Boot a temporary copy of a function and say which phase and which dependency costs how much, and"
                + " what to do about it.",
        footer = {
            "",
            "Dependencies are told for Python (-X importtime), Node.js (load hooks; of ES modules what their evaluation",
            "takes) and Java (the class-load log; the time until a class is there counts to its jar).",
            "The copy has the function's code, settings and environment, and is deleted afterwards.",
            "",
            "  hearth explain orders",
            "  hearth explain orders --payload @event.json --all --json"
        })
final class ExplainCommand extends ServerCommand {
    private static final int MOST_SAMPLES = 1_000;

    @Mixin
    final BenchTarget target = new BenchTarget();

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "3",
            description = "Boots to take the phases from (default 3); the median counts.")
    int samples = 3;

    @Option(names = "--all", description = "List all dependencies, not just the dearest.")
    boolean all;

    ExplainCommand(Surroundings surroundings) {
        super(surroundings);
    }

    /// What was found in the temporary copy.
    private record Found(List<Phase> phases, List<DependencyCost> costs) {}

    @Override
    ExitCode run() {
        if (samples < 1 || samples > MOST_SAMPLES) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--samples must be from 1 to " + MOST_SAMPLES + ", not " + samples + ".");
        }
        LambdaApi lambda = lambda();
        Json function = target.configuration(lambda);
        byte[] payload = Event.read(target.payload, surroundings.in());
        Optional<Instrument> language = Instrument.of(function.textOrEmpty("Runtime"));
        FunctionCopy copy = FunctionCopy.of(lambda, target.name, target.version());
        var circumstances = Circumstances.now(endpoint(), "as the boots before left it");
        Found found = find(lambda, copy, language, payload);
        var report = new ExplainReport(function, circumstances, samples, found.phases(), language, found.costs());
        if (server.json) {
            terminal().print(report.json().pretty());
        } else {
            report.print(terminal(), all);
        }
        return ExitCode.OK;
    }

    private Found find(LambdaApi lambda, FunctionCopy copy, Optional<Instrument> language, byte[] payload) {
        FunctionCopy deployed = language.map(l -> l.added(copy)).orElse(copy);
        try (var progress = new Progress(terminal());
                var temporary = TemporaryFunction.make(lambda, logs(), terminal(), deployed, "explain")) {
            var run = new ExplainRun(lambda, logs(), temporary.name(), payload, progress);
            List<Phase> phases = Phases.typical(
                    run.boots(samples, "boot").stream().map(Measured::start).toList());
            if (language.isEmpty()) {
                return new Found(phases, List.of());
            }
            return new Found(phases, costs(run, temporary, copy, language.get()));
        }
    }

    private List<DependencyCost> costs(
            ExplainRun run, TemporaryFunction temporary, FunctionCopy copy, Instrument language) {
        Map<String, String> variables = new LinkedHashMap<>(copy.environment());
        variables.putAll(language.environment(copy.environment()));
        temporary.configure(Map.of("Environment", Map.of("Variables", variables)));
        Measured boot = run.boots(1, "boot with the profile on").getFirst();
        LoadTrace trace = language.parse(run.log(boot));
        if (trace.loads().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.SERVER_FAULT,
                    "The instance of the temporary copy told nothing of what it loaded. Does its code change"
                            + " sys.stderr, NODE_OPTIONS or JAVA_TOOL_OPTIONS, or run through AWS_LAMBDA_EXEC_WRAPPER?");
        }
        return Attribution.of(trace, language.owners(copy, layers(copy)));
    }

    private List<PackageFiles> layers(FunctionCopy copy) {
        return copy.layers().stream()
                .map(lambda()::layerCode)
                .map(PackageFiles::of)
                .toList();
    }
}
