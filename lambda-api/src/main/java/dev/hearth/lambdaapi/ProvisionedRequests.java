package dev.hearth.lambdaapi;

import java.io.IOException;
import java.util.Optional;

/// Parses requests about provisioned concurrency.
final class ProvisionedRequests {
    private static final String MEMBER = "provisionedConcurrentExecutions";

    private ProvisionedRequests() {}

    static LambdaOperation put(Call call) throws IOException {
        Fields body = call.body();
        var violations = new Violations();
        Optional<Integer> instances = body.integer("ProvisionedConcurrentExecutions");
        violations.required(MEMBER, instances);
        instances.ifPresent(value -> violations.range(MEMBER, value, 1, Integer.MAX_VALUE));
        FunctionRef function = published(call, violations);
        return new LambdaOperation.PutProvisionedConcurrencyConfig(function, instances.orElseThrow());
    }

    static LambdaOperation get(Call call) {
        return new LambdaOperation.GetProvisionedConcurrencyConfig(published(call, new Violations()));
    }

    static LambdaOperation delete(Call call) {
        return new LambdaOperation.DeleteProvisionedConcurrencyConfig(published(call, new Violations()));
    }

    static LambdaOperation list(Call call) {
        FunctionRef function = call.function();
        var violations = new Violations();
        LambdaOperation.Page page = call.page(Call.PAGE, violations);
        violations.throwIfAny();
        return new LambdaOperation.ListProvisionedConcurrencyConfigs(function, page);
    }

    private static FunctionRef published(Call call, Violations violations) {
        FunctionRef function = call.names()
                .function(
                        call.path("FunctionName"), call.query().first("Qualifier"), violations, Patterns.ANY_QUALIFIER);
        if (function.qualifier().isEmpty()) {
            violations.missing("qualifier");
            violations.throwIfAny();
        }
        return function;
    }
}
