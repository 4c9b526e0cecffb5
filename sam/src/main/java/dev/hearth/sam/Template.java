package dev.hearth.sam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A SAM or CloudFormation template as it was read, nothing in it computed yet.
public final class Template {
    private static final String SERVERLESS = "AWS::Serverless-2016-10-31";
    private static final int MOST_RESOURCES = 500;
    private static final List<String> SECTIONS = List.of(
            "AWSTemplateFormatVersion",
            "Description",
            "Metadata",
            "Parameters",
            "Rules",
            "Mappings",
            "Conditions",
            "Transform",
            "Globals",
            "Resources",
            "Outputs");

    private final Path directory;
    private final Value.Mapping root;

    private Template(Path directory, Value.Mapping root) {
        this.directory = directory;
        this.root = root;
    }

    /// A resource as the template declares it.
    record Declared(String id, String type, Value.Mapping body) {
        Value.Mapping properties() {
            return body.mapping("Properties");
        }
    }

    /// Reads a template.
    ///
    /// @throws TemplateException when it is none
    public static Template read(Path file) throws IOException {
        if (Files.size(file) > 4L * YamlReader.MAX_CHARACTERS) {
            throw new TemplateException(0, "the template is larger than 1 MB, which is AWS's limit: split it");
        }
        Path parent = file.toAbsolutePath().getParent();
        return of(Files.readString(file), parent == null ? Path.of("/") : parent);
    }

    static Template of(String text, Path directory) {
        var template = new Template(directory, YamlReader.read(text).asMapping("the template"));
        template.check();
        return template;
    }

    private void check() {
        for (Map.Entry<String, Value> section : root.entries().entrySet()) {
            if (!SECTIONS.contains(section.getKey())) {
                throw new TemplateException(
                        section.getValue().line(),
                        "a template has no section '" + section.getKey() + "'"
                                + Names.hint(section.getKey(), SECTIONS));
            }
        }
        Value.Mapping resources = root.mapping("Resources");
        if (resources.entries().isEmpty()) {
            throw new TemplateException(1, "the template has no Resources: it is none of SAM or CloudFormation");
        }
        if (resources.entries().size() > MOST_RESOURCES) {
            throw new TemplateException(
                    resources.line(),
                    "the template has " + resources.entries().size() + " resources, AWS's limit is " + MOST_RESOURCES
                            + ": split it");
        }
        for (Declared resource : declared().values()) {
            if (resource.type().startsWith("AWS::Serverless::") && !transforms().contains(SERVERLESS)) {
                throw new TemplateException(
                        resource.body().line(),
                        resource.type() + " needs the line `Transform: " + SERVERLESS + "` at the top of the template");
            }
        }
    }

    /// The resources, by logical id.
    Map<String, Declared> declared() {
        var all = new LinkedHashMap<String, Declared>();
        root.mapping("Resources").entries().forEach((id, value) -> {
            Value.Mapping body = value.asMapping("the resource '" + id + "'");
            String type = body.text("Type")
                    .orElseThrow(() -> new TemplateException(body.line(), "the resource '" + id + "' has no Type"));
            all.put(id, new Declared(id, type, body));
        });
        return all;
    }

    /// The transforms it asks for.
    List<String> transforms() {
        return root
                .get("Transform")
                .map(value -> value instanceof Value.Sequence list ? list.items() : List.of(value))
                .orElse(List.of())
                .stream()
                .map(value -> value instanceof Value.Mapping macro
                        ? macro.text("Name").orElse("")
                        : value.asText("a transform"))
                .toList();
    }

    static boolean isServerless(String transform) {
        return transform.equals(SERVERLESS);
    }

    Value.Mapping section(String name) {
        return root.mapping(name);
    }

    int lineOf(String section) {
        return root.get(section).map(Value::line).orElse(0);
    }

    /// The directory that paths in it start from.
    Path directory() {
        return directory;
    }

    /// The stack it says to be of, as `hearth export` writes it: `Metadata`, `Hearth`, `Stack`.
    public Optional<String> stack() {
        return root.mapping("Metadata")
                .get("Hearth")
                .flatMap(hearth -> hearth.asMapping("Metadata.Hearth").text("Stack"));
    }
}
