package dev.hearth.cli;

import dev.hearth.sam.TemplateWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hearth export`: functions as a SAM template with their code.
@Command(
        name = "export",
        description = "Write functions as a SAM template with their code and layers, to be deployed here or on AWS.",
        footer = {
            "",
            "Deploying the template gives the same functions again. Code is written as a directory where packing that gives",
            "the same bytes, else as the zip it is. What a template cannot hold is named.",
            "",
            "  hearth export orders --output backup",
            "  hearth deploy backup/template.yaml"
        })
final class ExportCommand extends ServerCommand {
    @Parameters(paramLabel = "FUNCTION", arity = "0..*", description = "Names of functions; all where absent.")
    List<String> names = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Where to write; new or empty (default ${DEFAULT-VALUE}).")
    Path output = Path.of("hearth-export");

    @Option(
            names = {"--stack", "--stack-name"},
            paramLabel = "NAME",
            description = "All functions of this stack.")
    @Nullable
    String stack;

    @Option(
            names = "--unpack",
            description = "Write all code as directories, also where packing those gives other bytes.")
    boolean unpack;

    ExportCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run() {
        LambdaApi lambda = lambda();
        StackApi api = stack();
        List<Json> functions = functions(lambda);
        prepare();
        var ids = new LogicalIds();
        var code = new CodeOutput(output, unpack);
        var layers = new LayerExport(lambda, api, code, ids);
        var resources = new LinkedHashMap<String, Object>();
        var stacks = new LinkedHashSet<Optional<String>>();
        var leftOut = new ArrayList<String>();
        for (Json function : functions) {
            var export = new FunctionExport(api, function);
            String name = function.get("Configuration").textOrEmpty("FunctionName");
            String path = code.write(
                    "functions/" + name, lambda.code(function.get("Code").textOrEmpty("Location")));
            List<String> layerIds = export.layers().stream().map(layers::idOf).toList();
            resources.putAll(export.resources(ids.take(export.logicalId()), path, layerIds));
            stacks.add(export.stack());
            leftOut.addAll(export.leftOut());
        }
        var all = new LinkedHashMap<>(layers.resources());
        all.putAll(resources);
        Path template = write(all, stacks);
        report(functions.size(), template, stacks, leftOut);
        return ExitCode.OK;
    }

    private List<Json> functions(LambdaApi lambda) {
        List<String> wanted = names.isEmpty()
                ? lambda.list().stream().map(f -> f.textOrEmpty("FunctionName")).toList()
                : names;
        List<Json> functions = wanted.stream()
                .map(name -> function(lambda, name))
                .filter(f -> stack == null || stack.equals(f.get("Tags").textOrEmpty(StackTags.STACK)))
                .toList();
        if (functions.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    stack == null
                            ? "There is no function to export."
                            : "There is no function of the stack '" + stack + "'.");
        }
        return functions;
    }

    private static Json function(LambdaApi lambda, String name) {
        try {
            return lambda.function(name, Optional.empty());
        } catch (RefusedByServer e) {
            if (e.isNotFound()) {
                throw Missing.function(lambda, name);
            }
            throw e;
        }
    }

    private void prepare() {
        try {
            if (Files.exists(output)) {
                try (Stream<Path> inside = Files.list(output)) {
                    if (inside.findAny().isPresent()) {
                        throw new CommandFailure(
                                ExitCode.REFUSED, "'" + output + "' is not empty. Name a new directory with --output.");
                    }
                }
            }
            Files.createDirectories(output.resolve("functions"));
            Files.createDirectories(output.resolve("layers"));
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private Path write(Map<String, Object> resources, Set<Optional<String>> stacks) {
        var template = new LinkedHashMap<String, Object>();
        template.put("AWSTemplateFormatVersion", "2010-09-09");
        template.put("Transform", "AWS::Serverless-2016-10-31");
        if (stacks.size() == 1) {
            stacks.iterator().next().ifPresent(one -> template.put("Metadata", Map.of("Hearth", Map.of("Stack", one))));
        }
        template.put("Resources", resources);
        Path file = output.resolve("template.yaml");
        try {
            Files.writeString(file, TemplateWriter.write(template));
            Path layers = output.resolve("layers");
            try (Stream<Path> inside = Files.list(layers)) {
                if (inside.findAny().isPresent()) {
                    return file;
                }
            }
            Files.delete(layers);
            return file;
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private CommandFailure cannotWrite(IOException e) {
        return new CommandFailure(ExitCode.REFUSED, "Cannot write to '" + output + "': " + e.getMessage() + ".", e);
    }

    private void report(int functions, Path template, Set<Optional<String>> stacks, List<String> leftOut) {
        if (!leftOut.isEmpty()) {
            terminal().note("left out:");
            leftOut.forEach(line -> terminal().note("  " + line));
        }
        if (stacks.size() > 1) {
            terminal()
                    .note(
                            "The functions are of several stacks: deploy the template on another server, or with --adopt.");
        }
        if (server.json) {
            terminal()
                    .print(new Json(Map.of(
                                    "template", template.toString(), "functions", (long) functions, "leftOut", leftOut))
                            .pretty());
        } else {
            terminal().print(functions + (functions == 1 ? " function" : " functions") + " written to " + template);
        }
    }
}
