package dev.hearth.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `deploy` for SAM templates.
final class TemplateOptions {
    @Option(
            names = {"-t", "--template"},
            paramLabel = "FILE",
            description = "Deploy this SAM template; the same as naming a .yaml, .yml or .json file as PATH.")
    @Nullable
    Path file;

    @Option(
            names = {"--stack", "--stack-name"},
            paramLabel = "NAME",
            description = "Template: the stack's name; the name of the template's directory where absent.")
    @Nullable
    String stack;

    @Option(
            names = "--parameter",
            paramLabel = "NAME=VALUE",
            description = "Template: a parameter's value; may be repeated.")
    List<String> parameters = new ArrayList<>();

    @Option(
            names = "--parameter-overrides",
            arity = "1..*",
            paramLabel = "NAME=VALUE",
            description = "Template: the same as SAM's option; takes all words up to the next option.")
    List<String> overrides = new ArrayList<>();

    @Option(
            names = "--resource",
            paramLabel = "REFERENCE=VALUE",
            description = "Template: what a reference to a resource that Hearth does not have stands for,"
                    + " such as OrdersTable=orders or OrdersTable.Arn=...; may be repeated.")
    List<String> resources = new ArrayList<>();

    @Option(
            names = {"-y", "--yes"},
            description = "Template: change what exists without asking.")
    boolean yes;

    @Option(names = "--dry-run", description = "Template: say what would be changed, and change nothing.")
    boolean dryRun;

    @Option(names = "--prune", description = "Template: delete what the stack has and the template no longer.")
    boolean prune;

    @Option(names = "--adopt", description = "Template: take over functions that belong to another stack.")
    boolean adopt;

    Map<String, String> parameters() {
        var all = new LinkedHashMap<String, String>();
        parameters.forEach(word -> put(all, "--parameter", word));
        // A quoted list is one word, as with SAM.
        overrides.stream()
                .flatMap(words -> OverrideWords.split(words).stream())
                .forEach(word -> put(all, "--parameter-overrides", word));
        return all;
    }

    Map<String, String> resources() {
        var all = new LinkedHashMap<String, String>();
        resources.forEach(word -> put(all, "--resource", word));
        return all;
    }

    private static void put(Map<String, String> all, String option, String word) {
        String plain = OverrideWords.plain(word);
        int equals = plain.indexOf('=');
        if (equals <= 0) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    option + " takes NAME=VALUE, not '" + word
                            + "'. A template is named before it, or with --template.");
        }
        all.put(plain.substring(0, equals), plain.substring(equals + 1));
    }
}
