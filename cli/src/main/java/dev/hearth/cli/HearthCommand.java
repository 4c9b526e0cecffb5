package dev.hearth.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/// The root of the `hearth` command.
@Command(
        name = "hearth",
        description = "Runs AWS Lambda functions on your own machine.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Start with: hearth up, then in another terminal: hearth deploy PATH. More: hearth COMMAND --help."
        })
public final class HearthCommand {
    private HearthCommand() {}

    /// The command line with the commands of this module and more.
    ///
    /// @param more objects with picocli's `@Command`, such as the server's own `up`; listed before ours
    public static CommandLine commandLine(Object... more) {
        return commandLine(Surroundings.ofProcess(), more);
    }

    /// Runs the command.
    ///
    /// @return the process's exit code
    public static int run(String[] arguments, Object... more) {
        return commandLine(more).execute(arguments);
    }

    static CommandLine commandLine(Surroundings surroundings, Object... more) {
        var root = new CommandLine(new HearthCommand());
        for (Object command : more) {
            root.addSubcommand(command);
        }
        List.of(
                        new DeployCommand(surroundings),
                        new InvokeCommand(surroundings),
                        new ListCommand(surroundings),
                        new ExportCommand(surroundings),
                        new LogsCommand(surroundings),
                        new DeleteCommand(surroundings),
                        AsyncCommand.with(surroundings),
                        BenchCommand.with(surroundings),
                        new ExplainCommand(surroundings),
                        new VersionCommand(surroundings))
                .forEach(root::addSubcommand);
        addHelp(root);
        // An argument that begins with @ is a file with an event, not one with more arguments.
        return root.setExpandAtFiles(false)
                .setOut(surroundings.terminal().out())
                .setErr(surroundings.terminal().err())
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(110)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        surroundings.terminal().coloured() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setExecutionStrategy(HearthCommand::execute)
                .setParameterExceptionHandler(HearthCommand::onBadCommandLine)
                .setExecutionExceptionHandler(HearthCommand::onFailure);
    }

    /// The reference of all commands as Markdown, for docs/cli.md.
    public static String reference(CommandLine root) {
        return Reference.of(root);
    }

    private static void addHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        command.getSubcommands().values().forEach(HearthCommand::addHelp);
    }

    private static int execute(ParseResult result) {
        if (!result.hasSubcommand() && !result.isUsageHelpRequested()) {
            CommandLine root = result.commandSpec().commandLine();
            root.usage(root.getErr());
            return ExitCode.USAGE.number();
        }
        return new CommandLine.RunLast().execute(result);
    }

    private static int onBadCommandLine(CommandLine.ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String message = e.getMessage() + meant(command, arguments);
        String help = command.getCommandSpec().qualifiedName() + " --help";
        command.getErr().println("hearth: " + message + " (see `" + help + "`)");
        command.getErr().flush();
        return ExitCode.USAGE.number();
    }

    /// Which command was probably meant; empty where the command is right or far from all.
    private static String meant(CommandLine command, String[] arguments) {
        if (command.getParent() != null || arguments.length == 0) {
            return "";
        }
        return Similar.to(arguments[0], command.getSubcommands().keySet())
                .map(close -> ". Did you mean 'hearth " + close + "'?")
                .orElse("");
    }

    private static int onFailure(Exception e, CommandLine command, ParseResult result) {
        ExitCode code = e instanceof CommandFailure failure ? failure.exitCode() : ExitCode.BUG;
        String message = e instanceof CommandFailure ? String.valueOf(e.getMessage()) : bug(e);
        CommandLine.Model.OptionSpec option = command.getCommandSpec().findOption("--json");
        boolean json = option != null && Boolean.TRUE.equals(option.getValue());
        command.getErr().println(json ? new Json(Map.of("error", message)).compact() : "hearth: " + message);
        command.getErr().flush();
        return code.number();
    }

    private static String bug(Exception e) {
        StackTraceElement[] trace = e.getStackTrace();
        return "unexpected " + e + (trace.length == 0 ? "" : " at " + trace[0])
                + ". This is a bug of ours: please report it.";
    }
}
