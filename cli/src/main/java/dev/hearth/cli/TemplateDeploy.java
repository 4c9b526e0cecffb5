package dev.hearth.cli;

import dev.hearth.sam.Ignored;
import dev.hearth.sam.Inputs;
import dev.hearth.sam.Output;
import dev.hearth.sam.Stack;
import dev.hearth.sam.Template;
import dev.hearth.sam.TemplateException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `hearth deploy` of a SAM template: says what it is about to do, asks where something that exists would change, does
/// it.
final class TemplateDeploy {
    private final DeployCommand command;
    private final TemplateOptions options;
    private final Path file;

    TemplateDeploy(DeployCommand command, TemplateOptions options, Path file) {
        this.command = command;
        this.options = options;
        this.file = file;
    }

    ExitCode run() {
        try {
            return deploy();
        } catch (TemplateException e) {
            String where = e.line() > 0 ? file + ":" + e.line() : file.toString();
            throw new CommandFailure(ExitCode.REFUSED, where + ": " + sentence(e.getMessage()), e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.REFUSED, "Cannot read '" + file + "': " + e.getMessage() + ".", e);
        }
    }

    private static String sentence(@Nullable String text) {
        String message = String.valueOf(text);
        return message.endsWith("?") || message.endsWith(".") ? message : message + ".";
    }

    private ExitCode deploy() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailure(ExitCode.REFUSED, "There is no template '" + file + "'. Name one that exists.");
        }
        Template template = Template.read(file);
        LambdaApi lambda = command.lambda();
        Inputs inputs = Caller.of(lambda).inputs(stackName(template), options.parameters(), options.resources());
        Stack stack = Stack.of(template, inputs);
        var readiness = new Readiness(lambda, command.terminal());
        var context = new StackContext(lambda, command.stack(), readiness, new Packages(), inputs, options.adopt);
        var report = new StackReport(command.terminal(), stack.secrets());
        var plan = new StackPlan(stack, context);
        plan.look();
        Leftovers leftovers = Leftovers.find(context, plan.parts());
        var changes = new ArrayList<>(plan.changes());
        changes.addAll(leftovers.changes(options.prune));

        // What is wrong with an output is said before anything is changed.
        stack.outputs(plan.made(), new ArrayList<>());
        announce(inputs, stack, plan, report, changes);
        boolean anything = changes.stream().anyMatch(Change::isChange);
        if (options.dryRun || !anything) {
            return finish(report, inputs, stack, plan, changes, false);
        }
        confirm(changes);
        plan.apply();
        if (options.prune) {
            leftovers.delete(context);
            plan.unmark(leftovers);
        }
        finish(report, inputs, stack, plan, changes, true);
        return checkReady(context, changes);
    }

    private String stackName(Template template) {
        return options.stack != null
                ? options.stack
                : template.stack().orElseGet(() -> TemplateFile.stackName(TemplateFile.project(file)));
    }

    private void announce(Inputs inputs, Stack stack, StackPlan plan, StackReport report, List<Change> changes) {
        Terminal terminal = command.terminal();
        TemplateFile.staleness(file).ifPresent(terminal::note);
        terminal.note("stack " + inputs.stack() + " from " + file + ", to " + command.endpoint());
        Set<Ignored> ignored = new LinkedHashSet<>(stack.ignored());
        ignored.addAll(plan.ignored());
        report.notes(plan.standIns(), ignored, plan.notes());
        boolean json = command.server.json;
        report.diff(changes).forEach(line -> {
            if (json) {
                terminal.note(line);
            } else {
                terminal.print(line);
            }
        });
    }

    /// Nothing that exists changes unasked.
    private void confirm(List<Change> changes) {
        long touched = changes.stream().filter(Change::touchesExisting).count();
        if (touched == 0 || options.yes) {
            return;
        }
        Terminal terminal = command.terminal();
        if (!terminal.errIsTerminal()) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "Nothing was changed: " + touched
                            + (touched == 1 ? " resource that exists" : " resources that exist")
                            + " would be. Look at the list above, then deploy with --yes.");
        }
        terminal.status(
                "Change " + touched + (touched == 1 ? " resource that exists" : " resources that exist") + "? [y/N] ");
        if (!isYes(answer())) {
            throw new CommandFailure(ExitCode.REFUSED, "Nothing was changed.");
        }
    }

    private static boolean isYes(String answer) {
        return answer.equals("y") || answer.equals("yes");
    }

    private String answer() {
        try {
            var in = new BufferedReader(new InputStreamReader(command.surroundings.in(), StandardCharsets.UTF_8));
            String line = in.readLine();
            return line == null ? "" : line.strip().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            return ""; // what cannot be read is no consent
        }
    }

    private ExitCode finish(
            StackReport report, Inputs inputs, Stack stack, StackPlan plan, List<Change> changes, boolean applied) {
        var ignored = new ArrayList<>(stack.ignored());
        ignored.addAll(plan.ignored());
        int before = ignored.size();
        List<Output> outputs = stack.outputs(plan.made(), ignored);
        Terminal terminal = command.terminal();
        if (command.server.json) {
            terminal.print(report.json(inputs.stack(), applied, changes, ignored, outputs)
                    .pretty());
            return ExitCode.OK;
        }
        ignored.subList(before, ignored.size())
                .forEach(i -> terminal.note("line " + i.line() + ": " + i.what() + " has no value: " + i.why()));
        report.outputs(outputs);
        terminal.print(summary(inputs.stack(), changes, applied));
        return ExitCode.OK;
    }

    private String summary(String stack, List<Change> changes, boolean applied) {
        long count = changes.stream().filter(Change::isChange).count();
        if (count == 0) {
            return stack + ": nothing to change";
        }
        String what = count + (count == 1 ? " change" : " changes");
        return applied ? stack + ": " + what + " made" : stack + ": " + what + " to make; nothing was changed";
    }

    /// Waits until everything can be invoked.
    private ExitCode checkReady(StackContext context, List<Change> changes) {
        var failures = new ArrayList<String>();
        for (Change change : changes) {
            if (change.what().equals("function") && change.isChange() && change.action() != Change.Action.DELETE) {
                String failure = Readiness.failure(context.readiness().await(change.name()));
                if (!failure.isEmpty()) {
                    failures.add("'" + change.name() + "': " + failure);
                }
            }
        }
        if (!failures.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FUNCTION_ERROR, "Deployed, but cannot be invoked: " + String.join("; ", failures));
        }
        return ExitCode.OK;
    }
}
