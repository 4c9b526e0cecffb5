package dev.hearth.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `hearth bench`: the measurements, each a command of its own.
@Command(
        name = "bench",
        description = "Measure what callers of a function see.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class BenchCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new BenchCommand())
                .addSubcommand(new BenchColdCommand(surroundings))
                .addSubcommand(new BenchLoadCommand(surroundings))
                .addSubcommand(new BenchMemoryCommand(surroundings));
    }

    @Override
    public Integer call() {
        CommandLine command = spec.commandLine();
        command.usage(command.getErr());
        return ExitCode.USAGE.number();
    }
}
