package dev.hearth.lambdaapi;

import dev.hearth.model.RuntimeManagement;
import dev.hearth.model.ScalingConfig;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Parses requests about what [VersionSettings] keeps.
final class VersionSettingRequests {
    private static final int ENVIRONMENTS_MAX = 15_000;

    private VersionSettingRequests() {}

    static LambdaOperation putRuntimeManagement(Call call) throws IOException {
        Fields body = call.body();
        var violations = new Violations();
        Optional<String> updateOn = body.string("UpdateRuntimeOn");
        violations.required("updateRuntimeOn", updateOn);
        updateOn.ifPresent(
                value -> violations.oneOf("updateRuntimeOn", value, List.of("Auto", "Manual", "FunctionUpdate")));
        Optional<String> arn = body.string("RuntimeVersionArn");
        arn.ifPresent(value -> {
            violations.length("runtimeVersionArn", value, 26, 2_048);
            violations.matches("runtimeVersionArn", value, Patterns.RUNTIME_VERSION);
        });
        FunctionRef function =
                call.names().namespaced(call.path("FunctionName"), call.query().first("Qualifier"), violations);
        boolean manual = updateOn.orElseThrow().equals("Manual");
        if (manual != arn.isPresent()) {
            throw SettingsRules.invalid(
                    manual
                            ? "RuntimeVersionArn is required when UpdateRuntimeOn is Manual; name the runtime version to stay with."
                            : "RuntimeVersionArn is supported only when UpdateRuntimeOn is Manual; leave it out.");
        }
        return new LambdaOperation.PutRuntimeManagementConfig(
                function, new RuntimeManagement(updateOn.orElseThrow(), arn));
    }

    static LambdaOperation getRuntimeManagement(Call call) {
        return new LambdaOperation.GetRuntimeManagementConfig(call.qualifiedFunction());
    }

    static LambdaOperation putRecursion(Call call) throws IOException {
        FunctionRef function = call.unqualifiedFunction();
        Optional<String> loop = call.body().string("RecursiveLoop");
        var violations = new Violations();
        violations.required("recursiveLoop", loop);
        loop.ifPresent(value -> violations.oneOf("recursiveLoop", value, List.of("Allow", "Terminate")));
        violations.throwIfAny();
        return new LambdaOperation.PutFunctionRecursionConfig(function, loop.orElseThrow());
    }

    static LambdaOperation getRecursion(Call call) {
        return new LambdaOperation.GetFunctionRecursionConfig(call.unqualifiedFunction());
    }

    static LambdaOperation putScaling(Call call) throws IOException {
        FunctionRef function = published(call);
        var violations = new Violations();
        Optional<ScalingConfig> scaling =
                call.body().object("FunctionScalingConfig").map(fields -> scaling(fields, violations));
        violations.throwIfAny();
        return new LambdaOperation.PutFunctionScalingConfig(function, scaling);
    }

    static LambdaOperation getScaling(Call call) {
        return new LambdaOperation.GetFunctionScalingConfig(published(call));
    }

    private static ScalingConfig scaling(Fields fields, Violations violations) {
        return new ScalingConfig(
                environments(fields, "MinExecutionEnvironments", violations),
                environments(fields, "MaxExecutionEnvironments", violations));
    }

    private static Optional<Integer> environments(Fields fields, String member, Violations violations) {
        Optional<Integer> value = fields.integer(member);
        String path = "functionScalingConfig.m" + member.substring(1);
        value.ifPresent(number -> violations.range(path, number, 0, ENVIRONMENTS_MAX));
        return value;
    }

    private static FunctionRef published(Call call) {
        Optional<String> qualifier = call.query().first("Qualifier");
        var violations = new Violations();
        violations.required("qualifier", qualifier);
        FunctionRef function =
                call.names().function(call.path("FunctionName"), qualifier, violations, Patterns.PUBLISHED_QUALIFIER);
        violations.throwIfAny();
        return function;
    }
}
