package dev.hearth.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hearth deploy`: packs code, recognises what it is, creates or updates the function, waits until it is ready.
@Command(
        name = "deploy",
        description =
                "Create or update a function from a directory, a zip or a jar, or all that a SAM template asks for,"
                        + " and wait until it can be invoked.",
        footer = {
            "",
            "Runtime and handler are recognised: a file bootstrap; a Python or JavaScript file at the root that defines",
            "lambda_handler, lambdaHandler or handler; a class that implements RequestHandler or RequestStreamHandler.",
            "",
            "  hearth deploy .",
            "  hearth deploy target/orders-1.0.jar --memory 512 --env TABLE=orders",
            "  hearth deploy app.zip --name orders --runtime python3.13 --handler app.handler",
            "",
            "A SAM template is shown as a list of changes first; what exists is changed only with your consent. Which parts",
            "of templates are understood is in docs/sam.md.",
            "",
            "  hearth deploy template.yaml",
            "  hearth deploy template.yaml --parameter Stage=test --dry-run"
        })
final class DeployCommand extends ServerCommand {
    @Parameters(
            paramLabel = "PATH",
            arity = "0..1",
            description =
                    "A directory, a zip or a jar; or a SAM template, or a directory that holds one as template.yaml.")
    @Nullable
    Path path;

    @Option(names = "--name", paramLabel = "NAME", description = "The function's name; PATH's own name where absent.")
    @Nullable
    String name;

    @Option(
            names = "--runtime",
            paramLabel = "NAME",
            description =
                    "The runtime, such as python3.13; python, nodejs, java or provided take the newest installed.")
    @Nullable
    String runtime;

    @Option(names = "--handler", paramLabel = "NAME", description = "The handler, such as app.handler.")
    @Nullable
    String handler;

    @Option(names = "--publish", description = "Publish a version when the function is ready.")
    boolean publish;

    @Mixin
    final DeploySettings settings = new DeploySettings();

    @Mixin
    final TemplateOptions template = new TemplateOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    DeployCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run() {
        var target = new DeployTarget(given(), this::isFunctionByHand);
        return switch (target.of(Optional.ofNullable(path), Optional.ofNullable(template.file))) {
            case DeployTarget.Function(Path code, Optional<String> note) -> {
                note.ifPresent(terminal()::note);
                yield function(code);
            }
            case DeployTarget.Template(Path file) -> new TemplateDeploy(this, template, file).run();
        };
    }

    /// The options that were given.
    private Set<String> given() {
        return requireNonNull(spec).commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .collect(Collectors.toSet());
    }

    /// Whether there is such a function and it is of no stack.
    private boolean isFunctionByHand(String function) {
        return lambda().configuration(function)
                .map(found -> !stack().tags(found.textOrEmpty("FunctionArn")).containsKey(StackTags.STACK))
                .orElse(false);
    }

    private ExitCode function(Path path) {
        CodePackage code = CodePackage.read(path);
        Recognition recognition = Recognition.of(code.tree());
        String function = name != null ? name : code.name();
        LambdaApi lambda = lambda();

        Optional<Json> existing = lambda.configuration(function);
        Choice choice = Choice.make(
                path.toString(),
                recognition,
                Optional.ofNullable(runtime),
                Optional.ofNullable(handler),
                existing,
                lambda.runtimes());
        announce(function, choice, code);

        long start = System.nanoTime();
        var deployment = new Deployment(lambda, new Readiness(lambda, terminal()));
        Deployment.Done done = existing.isPresent()
                ? deployment.update(existing.get(), code.zip(), choice, settings)
                : deployment.create(function, code.zip(), choice, settings);
        String failure = Readiness.failure(done.function());
        Optional<String> version = publish && failure.isEmpty() ? deployment.publish(function) : Optional.empty();
        report(function, done, failure, version, Duration.ofNanos(System.nanoTime() - start));
        return ExitCode.OK;
    }

    private void announce(String function, Choice choice, CodePackage code) {
        terminal()
                .note(function + ": " + choice.runtime() + ", handler " + choice.handler() + " (" + choice.reason()
                        + ")");
        String without = code.leftOut().isEmpty() ? "" : ", without " + String.join(", ", code.leftOut());
        terminal()
                .note("code: " + code.tree().paths().size()
                        + (code.tree().paths().size() == 1 ? " file, " : " files, ") + Sizes.readable(code.zip().length)
                        + " zipped" + without);
    }

    private void report(
            String function, Deployment.Done done, String failure, Optional<String> version, Duration took) {
        if (server.json) {
            terminal().print(done.function().pretty());
        }
        if (!failure.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FUNCTION_ERROR,
                    "'" + function + "' was " + done.what() + ", but cannot be invoked: " + failure);
        }
        if (!server.json) {
            terminal()
                    .print(terminal().bold(function) + " " + done.what() + ", "
                            + done.function().textOrEmpty("State") + " after " + took.toMillis() + " ms"
                            + version.map(v -> ", version " + v).orElse(""));
            terminal().note("next: hearth invoke " + function + " --payload '{}'");
        }
    }
}
