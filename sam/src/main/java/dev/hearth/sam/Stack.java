package dev.hearth.sam;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A template with its parameters given: what is to be made, in which order.
public final class Stack {
    private final Template template;
    private final Inputs inputs;
    private final Parameters parameters;
    private final Evaluator evaluator;
    private final Expansion expansion;
    private final List<Resource> order;

    private Stack(Template template, Inputs inputs) {
        this.template = template;
        this.inputs = inputs;
        this.parameters = Parameters.of(template.section("Parameters"), inputs.parameters());
        var values = new HashMap<>(inputs.pseudoParameters());
        values.putAll(parameters.values());
        this.evaluator =
                new Evaluator(values, template.section("Mappings"), template.section("Conditions"), Resolver.NONE);
        this.expansion = new Expansion(template, evaluator);
        expansion.run();
        this.order = Order.of(expansion.resources, this::dependencies);
    }

    /// @throws TemplateException when parameters are missing or wrong, or resources depend on each other in a circle
    public static Stack of(Template template, Inputs inputs) {
        return new Stack(template, inputs);
    }

    /// What is to be made, in the order in which it has to be.
    public List<Resource> resources() {
        return order;
    }

    /// What nothing is done about.
    public List<Ignored> ignored() {
        return List.copyOf(expansion.ignored);
    }

    /// The values of parameters with `NoEcho`, which must not be printed.
    public Set<String> secrets() {
        return parameters.secrets();
    }

    /// Computes a resource's values.
    ///
    /// @param made what is known of the resources before it in the order
    public Evaluated evaluate(Resource resource, References made) {
        var standIns = new ArrayList<StandIn>();
        Evaluator here = evaluator.with((line, name, attribute) -> resolve(line, name, attribute, made, standIns));
        try {
            var reader = new SpecReader(resource, here, inputs, template.directory(), standIns);
            Spec spec = reader.read();
            return new Evaluated(spec, standIns, reader.ignored());
        } catch (TemplateException e) {
            throw e.in(resource.id());
        }
    }

    /// Computes the outputs; those that refer to what Hearth does not have go to `ignored`.
    public List<Output> outputs(References made, List<Ignored> ignored) {
        var outputs = new ArrayList<Output>();
        template.section("Outputs").entries().forEach((name, value) -> {
            try {
                output(name, value.asMapping("the output '" + name + "'"), made, ignored)
                        .ifPresent(outputs::add);
            } catch (TemplateException e) {
                throw e.in("Outputs." + name);
            }
        });
        return outputs;
    }

    private Optional<Output> output(String name, Value.Mapping body, References made, List<Ignored> ignored) {
        Optional<String> condition = body.text("Condition");
        if (condition.isPresent() && !evaluator.holds(body.line(), condition.get())) {
            return Optional.empty();
        }
        var standIns = new ArrayList<StandIn>();
        Evaluator here = evaluator.with((line, id, attribute) -> resolveForOutput(line, id, attribute, made, standIns));
        Value value = body.get("Value")
                .flatMap(here::evaluate)
                .orElseThrow(() -> new TemplateException(body.line(), "there is no Value"));
        if (!standIns.isEmpty()) {
            ignored.add(new Ignored(
                    body.line(),
                    "Outputs." + name,
                    "it refers to " + standIns.getFirst().reference() + ", which is not here"));
            return Optional.empty();
        }
        String description = body.get("Description")
                .flatMap(here::evaluate)
                .map(v -> v.asText("Description"))
                .orElse("");
        return Optional.of(new Output(
                name, description, value instanceof Value.Scalar s ? s.text() : String.valueOf(value.plain())));
    }

    /// An output may refer to anything of a resource that is not here: it only has no value then.
    private Value resolveForOutput(
            int line, String name, Optional<String> attribute, References made, List<StandIn> standIns) {
        String reference = attribute.map(a -> name + "." + a).orElse(name);
        if (expansion.foreign.containsKey(name) && !inputs.resources().containsKey(reference)) {
            standIns.add(new StandIn(line, reference, ""));
            return Value.Scalar.text(line, "");
        }
        return resolve(line, name, attribute, made, standIns);
    }

    private Value resolve(int line, String name, Optional<String> attribute, References made, List<StandIn> standIns) {
        String reference = attribute.map(a -> name + "." + a).orElse(name);
        String given = inputs.resources().get(reference);
        if (given != null) {
            return Value.Scalar.text(line, given);
        }
        Optional<String> synonym = synonym(reference);
        if (synonym.isPresent()) {
            String id = expansion.synonyms.getOrDefault(synonym.get(), "");
            String rest = reference.substring(synonym.get().length());
            return made(line, id, rest.isEmpty() ? Optional.empty() : Optional.of(rest.substring(1)), made);
        }
        if (expansion.resources.containsKey(name)) {
            return made(line, name, attribute, made);
        }
        if (expansion.absent.containsKey(name)) {
            throw new TemplateException(
                    line,
                    "'" + name + "' is not made, as its condition '" + expansion.absent.get(name)
                            + "' does not hold: refer to it inside an !If");
        }
        if (name.endsWith("Role") && expansion.withImplicitRole.contains(name.substring(0, name.length() - 4))) {
            return Value.Scalar.text(line, attribute.isEmpty() ? inputs.nameOf(name) : implicitRole(inputs, name));
        }
        return standIn(line, name, attribute, reference, standIns);
    }

    private static Value made(int line, String id, Optional<String> attribute, References made) {
        String value = made.find(id, attribute)
                .orElseThrow(() ->
                        new TemplateException(line, "'" + id + "' has no attribute '" + attribute.orElse("") + "'"));
        return Value.Scalar.text(line, value);
    }

    /// What SAM calls a resource it makes, such as `Function.Alias`, alone or with an attribute behind it.
    private Optional<String> synonym(String reference) {
        return expansion.synonyms.keySet().stream()
                .filter(name -> reference.equals(name) || reference.startsWith(name + "."))
                .findFirst();
    }

    /// The role that SAM makes for a function that names none.
    static String implicitRole(Inputs inputs, String roleId) {
        return "arn:" + inputs.partition() + ":iam::" + inputs.account() + ":role/" + inputs.nameOf(roleId);
    }

    private Value standIn(int line, String name, Optional<String> attribute, String reference, List<StandIn> standIns) {
        Template.Declared declared = expansion.foreign.get(name);
        boolean implicitApi = name.startsWith("ServerlessRestApi") || name.startsWith("ServerlessHttpApi");
        if (declared == null && !implicitApi) {
            throw new TemplateException(
                    line,
                    "there is no parameter or resource '" + name + "' to refer to"
                            + Names.hint(
                                    name,
                                    Stream.concat(
                                                    parameters.values().keySet().stream(),
                                                    template.declared().keySet().stream())
                                            .toList()));
        }
        String type = declared == null ? "AWS::Serverless::Api" : declared.type();
        String called = declared == null ? name : nameOf(declared);
        String value = StandIns.of(type, called, attribute, inputs)
                .orElseThrow(() -> new TemplateException(
                        line,
                        "'" + reference + "' is of a " + type + ", which is not here: say what it is with --resource "
                                + reference + "=VALUE"));
        if (!type.startsWith("AWS::IAM::")) {
            standIns.add(new StandIn(line, reference, value));
        }
        return Value.Scalar.text(line, value);
    }

    /// What the template calls a resource that is not made here.
    private String nameOf(Template.Declared declared) {
        return StandIns.nameProperty(declared.type())
                .flatMap(property -> declared.properties().get(property))
                .flatMap(
                        evaluator.with((line, name, attribute) -> Value.Scalar.text(line, inputs.nameOf(name)))
                                ::evaluate)
                .map(value -> value.asText("a name"))
                .orElseGet(() -> inputs.nameOf(declared.id()));
    }

    private Set<String> dependencies(Resource resource) {
        var ids = new LinkedHashSet<String>();
        for (String id : resource.dependsOn()) {
            if (!isKnown(id)) {
                throw new TemplateException(
                                resource.line(),
                                "DependsOn names '" + id + "', which the template does not have"
                                        + Names.hint(id, template.declared().keySet()))
                        .in(resource.id());
            }
            ids.add(id);
        }
        collect(resource.properties(), ids);
        return ids;
    }

    private boolean isKnown(String id) {
        return expansion.resources.containsKey(id) || template.declared().containsKey(id);
    }

    /// The logical ids that a value refers to, in the branches that are taken.
    private void collect(Value value, Set<String> ids) {
        Optional<Value> taken = evaluator.branch(value);
        if (taken.isEmpty()) {
            return;
        }
        switch (taken.get()) {
            case Value.Scalar scalar -> {}
            case Value.Sequence sequence -> sequence.items().forEach(item -> collect(item, ids));
            case Value.Mapping mapping -> collectFrom(mapping, ids);
        }
    }

    private void collectFrom(Value.Mapping mapping, Set<String> ids) {
        Optional<Intrinsic> function = Intrinsic.of(mapping);
        mapping.entries().values().forEach(argument -> {
            switch (function.orElse(Intrinsic.JOIN)) {
                case REF, GET_ATT -> referred(argument, ids);
                case SUB -> substituted(argument, ids);
                default -> collect(argument, ids);
            }
        });
    }

    private void referred(Value argument, Set<String> ids) {
        if (argument instanceof Value.Sequence sequence) {
            add(
                    String.join(
                            ".",
                            sequence.items().stream()
                                    .map(v -> v.asText("a reference"))
                                    .toList()),
                    ids);
        } else {
            add(argument.asText("a reference"), ids);
        }
    }

    private void substituted(Value argument, Set<String> ids) {
        if (argument instanceof Value.Sequence sequence && sequence.items().size() == 2) {
            Value given = sequence.items().get(1);
            substituted(
                    sequence.items().getFirst(),
                    given.asMapping("the second part of !Sub").entries().keySet(),
                    ids);
            collect(given, ids);
        } else {
            substituted(argument, Set.of(), ids);
        }
    }

    /// @param given names that the `!Sub` itself says what they are
    private void substituted(Value text, Set<String> given, Set<String> ids) {
        for (Substitution part : Substitution.parse(text.asText("the argument of !Sub"))) {
            if (part instanceof Substitution.Name name && !given.contains(name.name())) {
                add(name.name(), ids);
            }
        }
    }

    private void add(String reference, Set<String> ids) {
        ids.add(synonym(reference)
                .map(name -> expansion.synonyms.getOrDefault(name, name))
                .orElseGet(() -> reference.split("\\.", 2)[0]));
    }
}
