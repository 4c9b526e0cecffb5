package dev.hearth.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// Writes the reference of all commands from what they say of themselves.
final class Reference {
    private Reference() {}

    static String of(CommandLine root) {
        var text = new StringBuilder("""
                # The hearth command

                This page is generated from the command itself; `CliReferenceTest` says how, and fails when it is out of date.

                """);
        text.append(usage(root));
        root.getSubcommands().values().forEach(command -> add(text, command));
        text.append("\n## Exit codes\n\n| code | meaning |\n|---|---|\n");
        text.append(Arrays.stream(ExitCode.values())
                .map(code -> "| " + code.number() + " | " + code.meaning() + " |\n")
                .collect(Collectors.joining()));
        text.append("""

                ## Output

                Results go to standard output, all else to standard error. `--json` prints the result as JSON, and an error as
                `{"error": "..."}` to standard error. Colours only on a terminal, and not where `NO_COLOR` is set.
                """);
        return text.toString();
    }

    private static void add(StringBuilder text, CommandLine command) {
        text.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n\n");
        text.append(usage(command));
        command.getSubcommands().values().forEach(inner -> add(text, inner));
    }

    private static String usage(CommandLine command) {
        String usage = command.getUsageMessage(Ansi.OFF)
                .lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"));
        return "```\n" + usage + "\n```\n";
    }
}
