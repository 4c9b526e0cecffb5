package dev.hearth.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `hearth async`: what became of asynchronous events, each question a command of its own.
@Command(
        name = "async",
        description = "See what became of asynchronous events, and try failed ones again.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class AsyncCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new AsyncCommand())
                .addSubcommand(new AsyncListCommand(surroundings))
                .addSubcommand(new AsyncShowCommand(surroundings))
                .addSubcommand(new AsyncRedriveCommand(surroundings));
    }

    @Override
    public Integer call() {
        CommandLine command = spec.commandLine();
        command.usage(command.getErr());
        return ExitCode.USAGE.number();
    }
}
