package dev.hearth.lambdaapi;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Parses requests about aliases.
final class AliasRequests {
    private static final String WEIGHTS = "routingConfig.additionalVersionWeights";

    private AliasRequests() {}

    static LambdaOperation create(Call call) throws IOException {
        FunctionRef function = call.function();
        Fields body = call.body();
        var violations = new Violations();
        Optional<String> name = body.string("Name");
        Optional<String> version = body.string("FunctionVersion");
        violations.required("name", name);
        violations.required("functionVersion", version);
        name.ifPresent(value -> checkName(value, violations));
        version.ifPresent(value -> violations.matches("functionVersion", value, Patterns.VERSION));
        String description = SettingsParser.description(body, violations).orElse("");
        Map<String, Double> weights = weights(body, violations).orElse(Map.of());
        violations.throwIfAny();
        return new LambdaOperation.CreateAlias(
                function, name.orElseThrow(), version.orElseThrow(), description, weights);
    }

    static LambdaOperation get(Call call) {
        return new LambdaOperation.GetAlias(call.function(), call.path("Name"));
    }

    static LambdaOperation list(Call call) {
        FunctionRef function = call.function();
        var violations = new Violations();
        Optional<String> version = call.query().first("FunctionVersion");
        version.ifPresent(value -> violations.matches("functionVersion", value, Patterns.VERSION));
        LambdaOperation.Page page = call.page(10_000, violations);
        violations.throwIfAny();
        return new LambdaOperation.ListAliases(function, version, page);
    }

    static LambdaOperation update(Call call) throws IOException {
        FunctionRef function = call.function();
        Fields body = call.body();
        var violations = new Violations();
        Optional<String> version = body.string("FunctionVersion");
        version.ifPresent(value -> violations.matches("functionVersion", value, Patterns.VERSION));
        Optional<String> description = SettingsParser.description(body, violations);
        Optional<Map<String, Double>> weights = weights(body, violations);
        violations.throwIfAny();
        return new LambdaOperation.UpdateAlias(
                function, call.path("Name"), version, description, weights, body.string("RevisionId"));
    }

    static LambdaOperation delete(Call call) {
        return new LambdaOperation.DeleteAlias(call.function(), call.path("Name"));
    }

    private static void checkName(String name, Violations violations) {
        violations.length("name", name, 1, 128);
        violations.matches("name", name, Patterns.ALIAS);
    }

    private static Optional<Map<String, Double>> weights(Fields body, Violations violations) {
        Optional<Map<String, Double>> weights = body.object("RoutingConfig")
                .map(routing -> routing.doubleMap("AdditionalVersionWeights").orElse(Map.of()));
        weights.ifPresent(map -> {
            if (!map.keySet().stream()
                    .allMatch(key -> Patterns.NUMBER.matcher(key).matches())) {
                violations.add(
                        WEIGHTS,
                        map,
                        "Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member"
                                + " must have length greater than or equal to 1, Member must satisfy regular expression"
                                + " pattern: " + Patterns.NUMBER.pattern() + "]");
            }
            if (!map.values().stream().allMatch(weight -> weight >= 0.0 && weight <= 1.0)) {
                violations.add(
                        WEIGHTS,
                        map,
                        "Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must"
                                + " have value greater than or equal to 0.0, Member must not be null]");
            }
        });
        return weights;
    }
}
