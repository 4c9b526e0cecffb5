package dev.hearth.sam;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// The `Parameters` of a template and the values they were given, checked against what the template says of them.
///
/// @param values  by name
/// @param secrets the values of those with `NoEcho`, which nothing may print
record Parameters(Map<String, Value> values, Set<String> secrets) {
    private static final int MOST = 200;

    static Parameters of(Value.Mapping declared, Map<String, String> given) {
        if (declared.entries().size() > MOST) {
            throw new TemplateException(declared.line(), "there are more than " + MOST + " parameters, AWS's limit");
        }
        for (String name : given.keySet()) {
            if (!declared.entries().containsKey(name)) {
                throw new TemplateException(
                        declared.line(),
                        "the template has no parameter '" + name + "'"
                                + Names.hint(name, declared.entries().keySet()));
            }
        }
        var values = new LinkedHashMap<String, Value>();
        var secrets = new HashSet<String>();
        declared.entries().forEach((name, value) -> {
            Value.Mapping declaration = value.asMapping("the parameter '" + name + "'");
            String text = text(name, declaration, Optional.ofNullable(given.get(name)));
            Value typed = typed(name, declaration, text);
            values.put(name, typed);
            if (declaration.text("NoEcho").orElse("false").equals("true")) {
                secrets.addAll(texts(text, typed));
            }
        });
        return new Parameters(values, secrets);
    }

    /// A value as a whole, and the items of a list, which may be used one by one.
    private static List<String> texts(String text, Value typed) {
        List<Value> items = typed instanceof Value.Sequence list ? list.items() : List.of();
        return Stream.concat(Stream.of(text), items.stream().map(item -> item.asText("an item")))
                .filter(secret -> !secret.isEmpty())
                .toList();
    }

    private static String text(String name, Value.Mapping declaration, Optional<String> given) {
        String type = declaration.text("Type").orElse("String");
        if (type.startsWith("AWS::SSM::Parameter::Value") && given.isEmpty()) {
            throw new TemplateException(
                    declaration.line(),
                    "the parameter '" + name
                            + "' is read from the Parameter Store, which is not here: give its value with --parameter "
                            + name + "=VALUE");
        }
        return given.or(() -> declaration.get("Default").map(Parameters::defaultText))
                .orElseThrow(() -> new TemplateException(
                        declaration.line(),
                        "the parameter '" + name + "' has no default: give its value with --parameter " + name
                                + "=VALUE"));
    }

    /// A default may be a list in YAML, which CloudFormation takes as its items with commas.
    private static String defaultText(Value value) {
        return value instanceof Value.Sequence list
                ? String.join(
                        ",",
                        list.items().stream()
                                .map(item -> item.asText("a default"))
                                .toList())
                : value.asText("a default");
    }

    private static Value typed(String name, Value.Mapping declaration, String text) {
        String type = declaration.text("Type").orElse("String");
        boolean list = type.equals("CommaDelimitedList") || type.startsWith("List<") || type.contains("Value<List<");
        List<String> items = list ? split(text) : List.of(text);
        var rule = new Rule(name, declaration);
        items.forEach(item -> rule.check(item, type.contains("Number")));
        if (!list) {
            return scalar(declaration.line(), text, type);
        }
        return new Value.Sequence(
                declaration.line(),
                items.stream()
                        .map(item -> scalar(declaration.line(), item, type))
                        .toList());
    }

    private static Value scalar(int line, String text, String type) {
        return new Value.Scalar(line, text, type.contains("Number") ? Value.Kind.NUMBER : Value.Kind.TEXT);
    }

    private static List<String> split(String text) {
        var items = new ArrayList<String>();
        for (String item : text.split(",", -1)) {
            items.add(item.strip());
        }
        return text.isBlank() ? List.of() : items;
    }

    /// What a template says of a parameter's values.
    private record Rule(String name, Value.Mapping declaration) {
        void check(String value, boolean numberByType) {
            boolean number = numberByType
                    || declaration.get("MinValue").isPresent()
                    || declaration.get("MaxValue").isPresent();
            if (number && !value.matches("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)")) {
                throw refused(value, "it must be a number");
            }
            allowedValues(value);
            allowedPattern(value);
            declaration
                    .get("MinLength")
                    .ifPresent(v -> check(value.length() >= v.asNumber("MinLength"), value, "MinLength", v));
            declaration
                    .get("MaxLength")
                    .ifPresent(v -> check(value.length() <= v.asNumber("MaxLength"), value, "MaxLength", v));
            declaration.get("MinValue").ifPresent(v -> check(compare(value, v, "MinValue") >= 0, value, "MinValue", v));
            declaration.get("MaxValue").ifPresent(v -> check(compare(value, v, "MaxValue") <= 0, value, "MaxValue", v));
        }

        private void allowedValues(String value) {
            declaration.get("AllowedValues").ifPresent(allowed -> {
                List<String> texts = allowed.asList("AllowedValues").stream()
                        .map(v -> v.asText("an allowed value"))
                        .toList();
                if (!texts.contains(value)) {
                    throw refused(value, "it must be one of " + String.join(", ", texts));
                }
            });
        }

        private void allowedPattern(String value) {
            declaration.text("AllowedPattern").ifPresent(pattern -> {
                try {
                    check(Pattern.matches(pattern, value), value, "AllowedPattern", declaration);
                } catch (PatternSyntaxException e) {
                    throw new TemplateException(
                            declaration.line(),
                            "the AllowedPattern of '" + name + "' is no regular expression: " + e.getDescription());
                }
            });
        }

        private static int compare(String value, Value limit, String rule) {
            return new BigDecimal(value).compareTo(limit.asDecimal(rule));
        }

        private void check(boolean holds, String value, String rule, Value limit) {
            if (!holds) {
                String shown = limit instanceof Value.Scalar scalar ? " " + scalar.text() : "";
                throw refused(
                        value,
                        declaration
                                .text("ConstraintDescription")
                                .orElse("its " + rule + shown + " does not allow that"));
            }
        }

        private TemplateException refused(String value, String reason) {
            boolean secret = declaration.text("NoEcho").orElse("false").equals("true");
            return new TemplateException(
                    declaration.line(),
                    "the parameter '" + name + "' cannot be '" + (secret ? "****" : value) + "': " + reason);
        }
    }

    @Override
    public String toString() {
        return "Parameters" + values.keySet();
    }
}
