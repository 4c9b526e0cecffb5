package dev.hearth.lambdaapi;

import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Scope;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/// Where records of invocations may go.
record Destinations(Scope scope) {
    private static final Set<String> SERVICES = Set.of("lambda", "sqs", "sns", "events");

    /// The members of `DestinationConfig`.
    record Pair(Optional<String> onSuccess, Optional<String> onFailure) {

        static Pair of(Fields config, Violations violations) {
            return new Pair(arn(config, "OnSuccess", violations), arn(config, "OnFailure", violations));
        }

        /// An empty ARN is none.
        private static Optional<String> arn(Fields config, String member, Violations violations) {
            Optional<String> arn = config.object(member).flatMap(fields -> fields.string("Destination"));
            String path = "destinationConfig.o" + member.substring(1) + ".destination";
            arn.ifPresent(value -> {
                violations.length(path, value, 0, 350);
                violations.matches(path, value, Patterns.DESTINATION);
            });
            return arn.filter(value -> !value.isEmpty());
        }

        private String asAwsWritesIt() {
            return "DestinationConfig(onSuccess=%s, onFailure=%s)"
                    .formatted(
                            onSuccess
                                    .map(arn -> "OnSuccess(destination=" + arn + ")")
                                    .orElse("null"),
                            onFailure
                                    .map(arn -> "OnFailure(destination=" + arn + ")")
                                    .orElse("null"));
        }
    }

    /// @param function the function whose records go there
    void check(CatalogTransaction tx, String function, Pair pair) {
        boolean failureToBucket =
                pair.onFailure().filter(arn -> service(arn).equals("s3")).isPresent();
        Stream.concat(pair.onFailure().stream().filter(arn -> !failureToBucket), pair.onSuccess().stream())
                .forEach(arn -> check(tx, function, arn, pair));
    }

    private void check(CatalogTransaction tx, String function, String arn, Pair pair) {
        if (!SERVICES.contains(service(arn))) {
            throw SettingsRules.invalid("The provided destination config " + pair.asAwsWritesIt() + " is invalid.");
        }
        if (!service(arn).equals("lambda")) {
            return;
        }
        String name = functionName(arn);
        if (name.equals(function)) {
            throw SettingsRules.invalid("You can't specify the function as a destination for itself.");
        }
        if (tx.version(name, FunctionVersion.LATEST).isEmpty()) {
            throw SettingsRules.invalid("The destination ARN " + arn + " is invalid.");
        }
    }

    /// Empty where it is not a function of this account and region.
    private String functionName(String arn) {
        Matcher parts = Patterns.FUNCTION.matcher(arn);
        boolean here = parts.matches() && arn.startsWith(scope.function("").toString());
        return here ? parts.group(Patterns.NAME_GROUP) : "";
    }

    private static String service(String arn) {
        String[] parts = arn.split(":", 4);
        return parts.length > 2 ? parts[2] : "";
    }
}
