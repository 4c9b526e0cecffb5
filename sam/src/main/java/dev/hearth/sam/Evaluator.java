package dev.hearth.sam;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Computes values: calls the functions in them. A value that is `AWS::NoValue` is absent from what it stands in.
///
/// Nothing is computed before it is needed: what stands in a resource that is ignored, or in the branch not taken of an
/// `!If`, cannot fail.
final class Evaluator {
    private static final String NO_VALUE = "AWS::NoValue";

    private final Map<String, Value> parameters;
    private final Value.Mapping mappings;
    private final Value.Mapping conditions;
    private final Resolver resources;
    private final Set<String> beingEvaluated = new HashSet<>();

    /// @param parameters parameters and pseudo parameters
    Evaluator(Map<String, Value> parameters, Value.Mapping mappings, Value.Mapping conditions, Resolver resources) {
        this.parameters = parameters;
        this.mappings = mappings;
        this.conditions = conditions;
        this.resources = resources;
    }

    Evaluator with(Resolver other) {
        return new Evaluator(parameters, mappings, conditions, other);
    }

    /// Computes a value; empty where it is `AWS::NoValue`.
    Optional<Value> evaluate(Value value) {
        return switch (value) {
            case Value.Scalar scalar -> Optional.of(scalar);
            case Value.Sequence sequence -> Optional.of(new Value.Sequence(sequence.line(), all(sequence.items())));
            case Value.Mapping mapping -> {
                Optional<Intrinsic> function = Intrinsic.of(mapping);
                yield function.isPresent()
                        ? call(
                                function.get(),
                                mapping.entries().values().iterator().next())
                        : Optional.of(members(mapping));
            }
        };
    }

    /// Whether a condition of the template holds.
    boolean holds(int line, String name) {
        Value condition = conditions
                .get(name)
                .orElseThrow(() -> new TemplateException(
                        line,
                        "there is no condition '" + name + "'"
                                + Names.hint(name, conditions.entries().keySet())));
        if (!beingEvaluated.add(name)) {
            throw new TemplateException(condition.line(), "the condition '" + name + "' depends on itself");
        }
        try {
            return flag(condition);
        } finally {
            beingEvaluated.remove(name);
        }
    }

    /// The branch that an `!If` takes; any other value as it is.
    ///
    /// @return empty for `AWS::NoValue`
    Optional<Value> branch(Value value) {
        if (value instanceof Value.Mapping mapping) {
            Optional<Intrinsic> function = Intrinsic.of(mapping);
            Value argument =
                    function.isPresent() ? mapping.entries().values().iterator().next() : value;
            if (function.equals(Optional.of(Intrinsic.IF))) {
                return branch(chosen(argument));
            }
            if (function.equals(Optional.of(Intrinsic.REF)) && isNoValue(argument)) {
                return Optional.empty();
            }
        }
        return Optional.of(value);
    }

    private static boolean isNoValue(Value reference) {
        return reference instanceof Value.Scalar scalar && scalar.text().equals(NO_VALUE);
    }

    private Value.Mapping members(Value.Mapping mapping) {
        if (Intrinsic.isForeign(mapping)) {
            String name = mapping.entries().keySet().iterator().next();
            throw new TemplateException(
                    mapping.line(),
                    Intrinsic.ELSEWHERE.contains(name)
                            ? name + " cannot be computed here: put the value there, or a parameter with a default"
                            : name + " is no function of CloudFormation"
                                    + Names.hint(
                                            name,
                                            Arrays.stream(Intrinsic.values())
                                                    .map(Intrinsic::key)
                                                    .toList()));
        }
        var members = new LinkedHashMap<String, Value>();
        mapping.entries().forEach((key, member) -> evaluate(member).ifPresent(v -> members.put(key, v)));
        return new Value.Mapping(mapping.line(), members);
    }

    private List<Value> all(List<Value> items) {
        var all = new ArrayList<Value>();
        items.forEach(item -> evaluate(item).ifPresent(all::add));
        return all;
    }

    private Optional<Value> call(Intrinsic function, Value argument) {
        return switch (function) {
            case REF -> isNoValue(argument) ? Optional.empty() : Optional.of(ref(argument));
            case IF -> evaluate(chosen(argument));
            case SUB -> Optional.of(sub(argument));
            case GET_ATT -> Optional.of(getAtt(argument));
            case JOIN -> Optional.of(join(argument));
            case SELECT -> Optional.of(select(argument));
            case SPLIT -> Optional.of(split(argument));
            case FIND_IN_MAP -> Optional.of(findInMap(argument));
            case BASE64 -> Optional.of(base64(argument));
            case EQUALS, NOT, AND, OR, CONDITION ->
                Optional.of(
                        new Value.Scalar(argument.line(), String.valueOf(decide(function, argument)), Value.Kind.FLAG));
        };
    }

    private Value ref(Value argument) {
        return reference(argument.line(), argument.asText("the name in !Ref"));
    }

    private Value reference(int line, String name) {
        Value parameter = parameters.get(name);
        if (parameter != null) {
            return parameter;
        }
        if (name.startsWith("AWS::")) {
            throw new TemplateException(
                    line, "there is no pseudo parameter '" + name + "'" + Names.hint(name, parameters.keySet()));
        }
        return resources.resolve(line, name, Optional.empty());
    }

    private Value getAtt(Value argument) {
        if (argument instanceof Value.Sequence sequence && sequence.items().size() >= 2) {
            String name = text(sequence.items().getFirst(), "the resource in !GetAtt");
            String attribute = sequence.items().stream()
                    .skip(1)
                    .map(item -> text(item, "the attribute in !GetAtt"))
                    .collect(Collectors.joining("."));
            return resources.resolve(argument.line(), name, Optional.of(attribute));
        }
        String text = argument.asText("the argument of !GetAtt");
        int dot = text.indexOf('.');
        if (dot <= 0) {
            throw new TemplateException(
                    argument.line(),
                    "!GetAtt needs a resource and an attribute, such as Function.Arn, not " + argument.describe());
        }
        return resources.resolve(argument.line(), text.substring(0, dot), Optional.of(text.substring(dot + 1)));
    }

    private Value sub(Value argument) {
        if (argument instanceof Value.Sequence sequence && sequence.items().size() == 2) {
            Map<String, Value> given =
                    sequence.items().get(1).asMapping("the second part of !Sub").entries();
            return substitute(argument.line(), sequence.items().getFirst().asText("the first part of !Sub"), given);
        }
        return substitute(argument.line(), argument.asText("the argument of !Sub"), Map.of());
    }

    private Value substitute(int line, String text, Map<String, Value> given) {
        var result = new StringBuilder();
        for (Substitution part : Substitution.parse(text)) {
            switch (part) {
                case Substitution.Literal literal -> result.append(literal.text());
                case Substitution.Name name -> result.append(variable(line, name.name(), given));
            }
        }
        return Value.Scalar.text(line, result.toString());
    }

    private String variable(int line, String name, Map<String, Value> given) {
        Value own = given.get(name);
        if (own != null) {
            return text(own, "'" + name + "' in !Sub");
        }
        int dot = name.indexOf('.');
        Value value = dot > 0 && !name.startsWith("AWS::")
                ? resources.resolve(line, name.substring(0, dot), Optional.of(name.substring(dot + 1)))
                : reference(line, name);
        return value.asText("'" + name + "' in !Sub");
    }

    private Value join(Value argument) {
        List<Value> parts = arguments(argument, "!Join", 2);
        String delimiter = text(parts.getFirst(), "the delimiter of !Join");
        String joined = list(parts.get(1), "the list of !Join").stream()
                .map(item -> item.asText("an item of !Join"))
                .collect(Collectors.joining(delimiter));
        return Value.Scalar.text(argument.line(), joined);
    }

    private Value select(Value argument) {
        List<Value> parts = arguments(argument, "!Select", 2);
        long index = required(parts.getFirst(), "the index of !Select").asNumber("the index of !Select");
        List<Value> items = list(parts.get(1), "the list of !Select");
        if (index < 0 || index >= items.size()) {
            throw new TemplateException(
                    argument.line(), "!Select wants item " + index + " of a list that has " + items.size());
        }
        return items.get((int) index);
    }

    private Value split(Value argument) {
        List<Value> parts = arguments(argument, "!Split", 2);
        String delimiter = text(parts.getFirst(), "the delimiter of !Split");
        if (delimiter.isEmpty()) {
            throw new TemplateException(argument.line(), "the delimiter of !Split must not be empty");
        }
        String text = text(parts.get(1), "the text of !Split");
        return new Value.Sequence(
                argument.line(),
                Arrays.stream(text.split(Pattern.quote(delimiter), -1))
                        .<Value>map(part -> Value.Scalar.text(argument.line(), part))
                        .toList());
    }

    private Value findInMap(Value argument) {
        List<Value> parts = argument.asList("the argument of !FindInMap");
        if (parts.size() < 3 || parts.size() > 4) {
            throw new TemplateException(argument.line(), "!FindInMap needs a map and two keys");
        }
        String map = text(parts.get(0), "the map of !FindInMap");
        String first = text(parts.get(1), "the first key of !FindInMap");
        String second = text(parts.get(2), "the second key of !FindInMap");
        Optional<Value> byDefault = parts.size() == 4
                ? parts.get(3).asMapping("the default of !FindInMap").get("DefaultValue")
                : Optional.empty();
        Optional<Value> found = mappings.get(map)
                .flatMap(m -> m.asMapping("the map '" + map + "'").get(first))
                .flatMap(m -> m.asMapping("'" + map + "." + first + "'").get(second))
                .or(() -> byDefault.flatMap(this::evaluate));
        return found.orElseThrow(() -> new TemplateException(
                argument.line(), "Mappings has no '" + map + "' → '" + first + "' → '" + second + "'"));
    }

    private Value base64(Value argument) {
        byte[] bytes = text(argument, "the argument of !Base64").getBytes(StandardCharsets.UTF_8);
        return Value.Scalar.text(argument.line(), Base64.getEncoder().encodeToString(bytes));
    }

    private Value chosen(Value argument) {
        List<Value> parts = arguments(argument, "!If", 3);
        String condition = parts.getFirst().asText("the condition of !If");
        return parts.get(holds(argument.line(), condition) ? 1 : 2);
    }

    private boolean flag(Value value) {
        if (value instanceof Value.Mapping mapping
                && mapping.entries().size() == 1
                && mapping.entries().containsKey(Intrinsic.CONDITION.key())) {
            return decide(
                    Intrinsic.CONDITION, mapping.entries().values().iterator().next());
        }
        String text = text(value, "a condition");
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new TemplateException(
                value.line(), "a condition must be !Equals, !Not, !And, !Or or !Condition, not " + value.describe());
    }

    private boolean decide(Intrinsic function, Value argument) {
        return switch (function) {
            case EQUALS -> {
                List<Value> parts = arguments(argument, "!Equals", 2);
                yield comparable(parts.get(0)).equals(comparable(parts.get(1)));
            }
            case NOT -> !flag(arguments(argument, "!Not", 1).getFirst());
            case AND -> argument.asList("the argument of !And").stream().allMatch(this::flag);
            case OR -> argument.asList("the argument of !Or").stream().anyMatch(this::flag);
            case CONDITION -> holds(argument.line(), argument.asText("the argument of !Condition"));
            case REF, SUB, GET_ATT, JOIN, SELECT, SPLIT, IF, FIND_IN_MAP, BASE64 ->
                throw new IllegalArgumentException(function.toString());
        };
    }

    /// As CloudFormation compares: by the text.
    private String comparable(Value value) {
        return evaluate(value)
                .map(v -> v instanceof Value.Scalar scalar ? scalar.text() : String.valueOf(v.plain()))
                .orElse("");
    }

    private static List<Value> arguments(Value argument, String function, int count) {
        List<Value> items = argument.asList("the argument of " + function);
        if (items.size() != count) {
            throw new TemplateException(
                    argument.line(), function + " needs " + count + " arguments and has " + items.size());
        }
        return items;
    }

    private Value required(Value value, String what) {
        return evaluate(value)
                .orElseThrow(() -> new TemplateException(value.line(), what + " must not be AWS::NoValue"));
    }

    private String text(Value value, String what) {
        return required(value, what).asText(what);
    }

    private List<Value> list(Value value, String what) {
        return required(value, what).asList(what);
    }
}
