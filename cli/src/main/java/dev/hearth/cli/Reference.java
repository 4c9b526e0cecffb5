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

                ## How starts are measured

                **Visible cold** is what a caller waits beyond a warm call: from the request until the handler runs, less the median of warm
                calls, as the server's clock has it. `bench cold` forces each sample's origin and counts it only if the server confirms it.
                `bench load` is an open loop: a request is sent when it is due, answered or not, and its corrected latency begins then.
                No p99 is printed from fewer than 200 samples, no p99.9 from fewer than 1,000. Nothing is sent twice.

                **`explain`** counts to each dependency what its modules took (SELF), that with all it was the first to load (TOTAL), and what
                cannot be reached without it (SAVES): what others ask for as well would be loaded all the same. For Java, whose log does not
                say who asks, SAVES is SELF. Times are those of a boot that tells what it loads, which is slower; compare them with each other.

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
