package dev.hearth.lambdaapi;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Parses requests about policies of layer versions.
final class LayerPolicyRequests {
    private static final Pattern ACTION = Pattern.compile("lambda:GetLayerVersion");
    private static final Pattern PRINCIPAL = Pattern.compile("\\d{12}|\\*|arn:(aws[a-zA-Z-]*):iam::\\d{12}:root");

    private LayerPolicyRequests() {}

    static LambdaOperation add(Call call) throws IOException {
        Fields body = call.body();
        var violations = new Violations();
        Optional<String> id =
                PolicyRequests.required(body, "StatementId", "statementId", Patterns.STATEMENT_ID, violations);
        id.ifPresent(value -> violations.length("statementId", value, 1, 100));
        Optional<String> action = PolicyRequests.required(body, "Action", "action", ACTION, violations);
        Optional<String> principal = PolicyRequests.required(body, "Principal", "principal", PRINCIPAL, violations);
        Optional<String> organization =
                PolicyRequests.optional(body, "OrganizationId", "organizationId", Patterns.ORGANIZATION, violations);
        violations.throwIfAny();
        return new LambdaOperation.AddLayerVersionPermission(
                LayerRequests.layer(call),
                LayerRequests.version(call),
                id.orElseThrow(),
                action.orElseThrow(),
                principal.orElseThrow(),
                organization,
                call.query().first("RevisionId"));
    }

    static LambdaOperation remove(Call call) {
        var violations = new Violations();
        String id = call.path("StatementId");
        violations.length("statementId", id, 1, 100);
        violations.matches("statementId", id, Patterns.STATEMENT_ID);
        violations.throwIfAny();
        return new LambdaOperation.RemoveLayerVersionPermission(
                LayerRequests.layer(call),
                LayerRequests.version(call),
                id,
                call.query().first("RevisionId"));
    }
}
