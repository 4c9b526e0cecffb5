package dev.hearth.lambdaapi;

import java.io.IOException;
import java.util.Optional;

/// Parses requests about event invoke configurations.
final class EventInvokeRequests {
    private static final int AGE_MIN = 60;
    private static final int AGE_MAX = 21_600;
    private static final int RETRIES_MAX = 2;

    private EventInvokeRequests() {}

    static LambdaOperation put(Call call) throws IOException {
        FunctionRef function = call.qualifiedFunction();
        return new LambdaOperation.PutFunctionEventInvokeConfig(function, change(call));
    }

    static LambdaOperation update(Call call) throws IOException {
        FunctionRef function = call.qualifiedFunction();
        return new LambdaOperation.UpdateFunctionEventInvokeConfig(function, change(call));
    }

    static LambdaOperation get(Call call) {
        return new LambdaOperation.GetFunctionEventInvokeConfig(call.qualifiedFunction());
    }

    static LambdaOperation delete(Call call) {
        return new LambdaOperation.DeleteFunctionEventInvokeConfig(call.qualifiedFunction());
    }

    static LambdaOperation list(Call call) {
        FunctionRef function = call.namespacedFunction();
        var violations = new Violations();
        LambdaOperation.Page page = call.page(Call.PAGE, violations);
        violations.throwIfAny();
        return new LambdaOperation.ListFunctionEventInvokeConfigs(function, page);
    }

    private static LambdaOperation.EventInvokeChange change(Call call) throws IOException {
        Fields body = call.body();
        var violations = new Violations();
        Optional<Integer> retries = body.integer("MaximumRetryAttempts");
        retries.ifPresent(value -> violations.range("maximumRetryAttempts", value, 0, RETRIES_MAX));
        Optional<Integer> age = body.integer("MaximumEventAgeInSeconds");
        age.ifPresent(value -> violations.range("maximumEventAgeInSeconds", value, AGE_MIN, AGE_MAX));
        Optional<Destinations.Pair> destinations =
                body.object("DestinationConfig").map(config -> Destinations.Pair.of(config, violations));
        violations.throwIfAny();
        if (retries.isEmpty() && age.isEmpty() && destinations.isEmpty()) {
            throw SettingsRules.invalid("You must specify at least one of error handling or destination setting.");
        }
        return new LambdaOperation.EventInvokeChange(retries, age, destinations);
    }
}
