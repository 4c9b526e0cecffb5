package dev.hearth.lambdaapi;

import java.io.IOException;
import java.util.Optional;

/// Parses requests about reserved concurrency.
final class ConcurrencyRequests {
    private static final String MEMBER = "reservedConcurrentExecutions";

    private ConcurrencyRequests() {}

    static LambdaOperation put(Call call) throws IOException {
        FunctionRef function = call.unqualifiedFunction();
        Optional<Integer> reserved = call.body().integer("ReservedConcurrentExecutions");
        var violations = new Violations();
        violations.required(MEMBER, reserved);
        reserved.ifPresent(value -> violations.range(MEMBER, value, 0, Integer.MAX_VALUE));
        violations.throwIfAny();
        return new LambdaOperation.PutFunctionConcurrency(function, reserved.orElse(0));
    }

    static LambdaOperation get(Call call) {
        return new LambdaOperation.GetFunctionConcurrency(call.unqualifiedFunction());
    }

    static LambdaOperation delete(Call call) {
        return new LambdaOperation.DeleteFunctionConcurrency(call.unqualifiedFunction());
    }
}
