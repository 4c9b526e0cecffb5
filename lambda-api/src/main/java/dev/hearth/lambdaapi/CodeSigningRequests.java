package dev.hearth.lambdaapi;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Parses requests about code signing configurations.
final class CodeSigningRequests {
    private static final int PUBLISHERS_MAX = 20;
    private static final int LIST_MAX = 10_000;
    private static final String PUBLISHERS = "allowedPublishers.signingProfileVersionArns";

    private CodeSigningRequests() {}

    static LambdaOperation create(Call call) throws IOException {
        Fields body = call.body();
        var violations = new Violations();
        String description = SettingsParser.description(body, violations).orElse("");
        violations.required("allowedPublishers", body.object("AllowedPublishers"));
        Optional<List<String>> publishers = publishers(body, violations);
        Optional<String> policy = policy(body, violations);
        violations.throwIfAny();
        return new LambdaOperation.CreateCodeSigningConfig(description, publishers.orElseThrow(), policy);
    }

    static LambdaOperation get(Call call) {
        return new LambdaOperation.GetCodeSigningConfig(arn(call));
    }

    static LambdaOperation update(Call call) throws IOException {
        String arn = arn(call);
        Fields body = call.body();
        var violations = new Violations();
        Optional<String> description = SettingsParser.description(body, violations);
        Optional<List<String>> publishers = publishers(body, violations);
        Optional<String> policy = policy(body, violations);
        violations.throwIfAny();
        return new LambdaOperation.UpdateCodeSigningConfig(arn, description, publishers, policy);
    }

    static LambdaOperation delete(Call call) {
        return new LambdaOperation.DeleteCodeSigningConfig(arn(call));
    }

    static LambdaOperation list(Call call) {
        return new LambdaOperation.ListCodeSigningConfigs(page(call));
    }

    static LambdaOperation listFunctions(Call call) {
        return new LambdaOperation.ListFunctionsByCodeSigningConfig(arn(call), page(call));
    }

    static LambdaOperation putOfFunction(Call call) throws IOException {
        FunctionRef function = call.namespacedFunction();
        Optional<String> arn = call.body().string("CodeSigningConfigArn");
        var violations = new Violations();
        violations.required("codeSigningConfigArn", arn);
        arn.ifPresent(value -> check(value, violations));
        violations.throwIfAny();
        return new LambdaOperation.PutFunctionCodeSigningConfig(function, arn.orElseThrow());
    }

    static LambdaOperation getOfFunction(Call call) {
        return new LambdaOperation.GetFunctionCodeSigningConfig(call.namespacedFunction());
    }

    static LambdaOperation deleteOfFunction(Call call) {
        return new LambdaOperation.DeleteFunctionCodeSigningConfig(call.namespacedFunction());
    }

    private static LambdaOperation.Page page(Call call) {
        var violations = new Violations();
        LambdaOperation.Page page = call.page(LIST_MAX, violations);
        violations.throwIfAny();
        return page;
    }

    private static String arn(Call call) {
        String arn = call.path("CodeSigningConfigArn");
        var violations = new Violations();
        check(arn, violations);
        violations.throwIfAny();
        return arn;
    }

    static void check(String arn, Violations violations) {
        violations.length("codeSigningConfigArn", arn, 0, 200);
        violations.matches("codeSigningConfigArn", arn, Patterns.CODE_SIGNING_CONFIG);
    }

    private static Optional<List<String>> publishers(Fields body, Violations violations) {
        Optional<Fields> allowed = body.object("AllowedPublishers");
        Optional<List<String>> arns = allowed.flatMap(fields -> fields.strings("SigningProfileVersionArns"));
        if (allowed.isPresent() && arns.isEmpty()) {
            violations.missing(PUBLISHERS);
        }
        arns.ifPresent(given -> {
            if (given.isEmpty()) {
                violations.add(PUBLISHERS, given, "Member must have length greater than or equal to 1");
            }
            violations.size(PUBLISHERS, given, PUBLISHERS_MAX);
            if (!given.stream().allMatch(arn -> Patterns.ARN.matcher(arn).matches())) {
                violations.add(
                        PUBLISHERS,
                        given,
                        "Member must satisfy constraint: [Member must satisfy regular expression pattern: "
                                + Patterns.ARN.pattern() + ", Member must not be null]");
            }
        });
        return arns;
    }

    private static Optional<String> policy(Fields body, Violations violations) {
        Optional<String> policy =
                body.object("CodeSigningPolicies").flatMap(fields -> fields.string("UntrustedArtifactOnDeployment"));
        policy.ifPresent(value -> violations.oneOf(
                "codeSigningPolicies.untrustedArtifactOnDeployment", value, List.of("Warn", "Enforce")));
        return policy;
    }
}
