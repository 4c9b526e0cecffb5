package dev.hearth.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What a `hearth deploy` is about: one function, or a template.
///
/// A directory that holds a template with Lambda resources means the template, unless an option for a single function
/// is given, or the directory was deployed as a function before.
///
/// @param given            the options that were given, by their longest names
/// @param isFunctionByHand whether there is a function of a name that no stack made
record DeployTarget(Set<String> given, Predicate<String> isFunctionByHand) {
    private static final Set<String> OF_FUNCTIONS = Set.of(
            "--name",
            "--runtime",
            "--handler",
            "--publish",
            "--memory",
            "--timeout",
            "--env",
            "--layer",
            "--role",
            "--description",
            "--architecture",
            "--network");
    private static final Set<String> OF_TEMPLATES = Set.of(
            "--template",
            "--stack-name",
            "--parameter",
            "--parameter-overrides",
            "--resource",
            "--yes",
            "--dry-run",
            "--prune",
            "--adopt");

    /// Either.
    sealed interface Target {}

    /// @param note something to say about it first
    record Function(Path code, Optional<String> note) implements Target {}

    record Template(Path file) implements Target {}

    Target of(Optional<Path> path, Optional<Path> template) {
        if (template.isPresent()) {
            if (path.isPresent()) {
                throw usage("Name the template with --template or as PATH, not both.");
            }
            return template(template.get());
        }
        Path named = path.orElseThrow(() ->
                usage("Name what to deploy: a directory, a zip, a jar or a SAM template, such as: hearth deploy ."));
        if (TemplateFile.isNamedAsOne(named)) {
            return template(named);
        }
        Optional<Path> inside = TemplateFile.in(named);
        if (inside.isEmpty()) {
            if (TemplateFile.isServerless(named) && among(OF_FUNCTIONS).isEmpty()) {
                throw new CommandFailure(
                        ExitCode.REFUSED,
                        "'" + named
                                + "' is a project of the Serverless Framework that is not packaged: run `serverless package`,"
                                + " then deploy again; or name one function's --handler.");
            }
            return function(named, Optional.empty());
        }
        return directory(named, inside.get());
    }

    private Target directory(Path directory, Path template) {
        if (!among(OF_FUNCTIONS).isEmpty()) {
            return function(directory, Optional.empty());
        }
        boolean forTemplates = !among(OF_TEMPLATES).isEmpty();
        if (!forTemplates && isFunctionByHand.test(CodePackage.nameOf(directory))) {
            return function(
                    directory,
                    Optional.of(
                            "There is a function of that name, so the directory is deployed as its code, as before; the template: hearth deploy "
                                    + template));
        }
        return template(template);
    }

    private Target function(Path code, Optional<String> note) {
        Set<String> wrong = among(OF_TEMPLATES);
        if (!wrong.isEmpty()) {
            throw usage(String.join(", ", wrong) + " is for SAM templates, and '" + code + "' is none.");
        }
        return new Function(code, note);
    }

    private Target template(Path file) {
        Set<String> wrong = among(OF_FUNCTIONS);
        if (!wrong.isEmpty()) {
            throw usage(String.join(", ", wrong) + " is for a single function: set it in the template.");
        }
        return new Template(file);
    }

    private Set<String> among(Set<String> options) {
        var found = new TreeSet<>(given);
        found.retainAll(options);
        return found;
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }
}
