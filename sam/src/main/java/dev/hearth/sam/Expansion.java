package dev.hearth.sam;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Goes through a template's resources: what Hearth can make becomes [Resource]s, the rest is named with the reason.
final class Expansion {
    private static final String IS_DELETE = "Delete";

    private final Template template;
    private final Evaluator parameters;

    final Map<String, Resource> resources = new LinkedHashMap<>();
    final Map<String, String> synonyms = new LinkedHashMap<>();
    final List<Ignored> ignored = new ArrayList<>();
    /// Resources that exist for the template and not for Hearth.
    final Map<String, Template.Declared> foreign = new LinkedHashMap<>();
    /// Resources whose condition does not hold, and that condition.
    final Map<String, String> absent = new LinkedHashMap<>();
    /// Functions of SAM for which it would make a role.
    final Set<String> withImplicitRole = new HashSet<>();

    Expansion(Template template, Evaluator parameters) {
        this.template = template;
        this.parameters = parameters;
    }

    void run() {
        sections();
        template.declared().values().forEach(declared -> {
            try {
                expand(declared);
            } catch (TemplateException e) {
                throw e.in(declared.id());
            }
        });
    }

    private void sections() {
        template.transforms().stream()
                .filter(name -> !Template.isServerless(name))
                .forEach(name -> ignored.add(new Ignored(
                        template.lineOf("Transform"),
                        "Transform " + name,
                        "only AWS::Serverless-2016-10-31 is known here")));
        template.section("Globals").entries().forEach((name, value) -> {
            if (!name.equals("Function")) {
                ignored.add(new Ignored(value.line(), "Globals." + name, "only functions are made here"));
            }
        });
        if (!template.section("Rules").entries().isEmpty()) {
            ignored.add(new Ignored(
                    template.lineOf("Rules"), "Rules", "AllowedValues and AllowedPattern of parameters are checked"));
        }
    }

    private void expand(Template.Declared declared) {
        Value.Mapping body = declared.body();
        Optional<String> condition = body.text("Condition");
        if (condition.isPresent() && !parameters.holds(body.line(), condition.get())) {
            absent.put(declared.id(), condition.get());
            return;
        }
        switch (declared.type()) {
            case "AWS::Serverless::Function" -> serverlessFunction(declared);
            case "AWS::Serverless::LayerVersion" -> layer(declared);
            case "AWS::Lambda::Function" -> lambdaFunction(declared);
            default ->
                Resource.Type.named(declared.type())
                        .ifPresentOrElse(
                                type -> add(plain(declared, type, declared.properties())), () -> foreign(declared));
        }
    }

    private void foreign(Template.Declared declared) {
        foreign.put(declared.id(), declared);
        ignored.add(new Ignored(
                declared.body().line(),
                declared.id() + " (" + declared.type() + ")",
                ForeignTypes.why(declared.type())));
    }

    private void serverlessFunction(Template.Declared declared) {
        Value.Mapping merged = Globals.merge(template.section("Globals").mapping("Function"), declared.properties());
        if (isImage(declared, merged)) {
            return;
        }
        unused(declared, merged, true);
        var function = new SamFunction(declared.id(), declared.body().line(), merged, dependsOn(declared), parameters);
        function.resources().forEach(this::add);
        synonyms.putAll(function.synonyms());
        if (merged.get("Role").isEmpty()) {
            withImplicitRole.add(declared.id());
        }
        buildMethod(declared);
    }

    private void lambdaFunction(Template.Declared declared) {
        if (isImage(declared, declared.properties())) {
            return;
        }
        unused(declared, declared.properties(), false);
        Value.Mapping properties = SamFunction.withoutNoValue(declared.properties(), parameters);
        add(plain(declared, Resource.Type.FUNCTION, properties));
        buildMethod(declared);
    }

    private boolean isImage(Template.Declared declared, Value.Mapping properties) {
        if (!properties
                .get("PackageType")
                .flatMap(parameters::evaluate)
                .map(v -> v.asText("PackageType"))
                .equals(Optional.of("Image"))) {
            return false;
        }
        foreign.put(declared.id(), declared);
        ignored.add(new Ignored(
                declared.body().line(),
                declared.id() + " (PackageType: Image)",
                FunctionProperties.why("ImageUri", true)));
        return true;
    }

    private void unused(Template.Declared declared, Value.Mapping properties, boolean serverless) {
        Set<String> used = FunctionProperties.used(serverless);
        properties.entries().forEach((key, value) -> {
            if (!used.contains(key)) {
                ignored.add(
                        new Ignored(value.line(), declared.id() + ": " + key, FunctionProperties.why(key, serverless)));
            }
        });
        properties.mapping("Events").entries().forEach((name, event) -> {
            String type =
                    event.asMapping("the event '" + name + "'").text("Type").orElse("?");
            ignored.add(new Ignored(
                    event.line(), declared.id() + ": Events." + name + " (" + type + ")", ForeignTypes.whyEvent(type)));
        });
    }

    private void layer(Template.Declared declared) {
        Value.Mapping properties = declared.properties();
        if (properties.text("RetentionPolicy").orElse("Retain").equals(IS_DELETE)) {
            ignored.add(new Ignored(
                    properties.line(),
                    declared.id() + ": RetentionPolicy",
                    "versions of layers are kept: delete them with the Lambda API"));
        }
        var own = new LinkedHashMap<>(properties.entries());
        own.remove("RetentionPolicy");
        Value content = own.remove("ContentUri");
        if (content != null) {
            own.put("Content", content);
        }
        own.putIfAbsent("LayerName", Value.Scalar.text(declared.body().line(), declared.id()));
        add(plain(declared, Resource.Type.LAYER, new Value.Mapping(properties.line(), own)));
        buildMethod(declared);
    }

    private void buildMethod(Template.Declared declared) {
        boolean built = template.directory().endsWith(java.nio.file.Path.of(".aws-sam", "build"));
        declared.body()
                .mapping("Metadata")
                .get("BuildMethod")
                .filter(method -> !built)
                .ifPresent(method -> ignored.add(new Ignored(
                        method.line(),
                        declared.id() + ": Metadata.BuildMethod",
                        "nothing is built here: run `sam build`, then deploy .aws-sam/build/template.yaml")));
    }

    private static Resource plain(Template.Declared declared, Resource.Type type, Value.Mapping properties) {
        return new Resource(declared.id(), type, declared.body().line(), properties, dependsOn(declared));
    }

    private static Set<String> dependsOn(Template.Declared declared) {
        return declared.body()
                .get("DependsOn")
                .map(value -> value instanceof Value.Sequence list
                        ? list.items().stream().map(v -> v.asText("DependsOn")).toList()
                        : List.of(value.asText("DependsOn")))
                .<Set<String>>map(LinkedHashSet::new)
                .orElse(Set.of());
    }

    private void add(Resource resource) {
        if (resources.put(resource.id(), resource) != null) {
            throw new TemplateException(
                    resource.line(),
                    "the logical id '" + resource.id() + "' is also that of a resource that SAM makes: rename one");
        }
    }
}
