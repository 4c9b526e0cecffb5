package dev.hearth.lambdaapi;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Parses requests about policies of functions.
final class PolicyRequests {
    private static final Pattern ACTION = Pattern.compile("(lambda:[*]|lambda:[a-zA-Z]+|[*])");
    private static final Pattern PRINCIPAL = Pattern.compile("[^\\s]+");
    private static final Pattern SOURCE_ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern TOKEN = Pattern.compile("[a-zA-Z0-9._\\-]+");
    private static final String URL_ACTION = "lambda:InvokeFunctionUrl";

    private PolicyRequests() {}

    static LambdaOperation add(Call call) throws IOException {
        Fields body = call.body();
        var violations = new Violations();
        Optional<String> id = required(body, "StatementId", "statementId", Patterns.STATEMENT_ID, violations);
        id.ifPresent(value -> violations.length("statementId", value, 1, 100));
        Optional<String> action = required(body, "Action", "action", ACTION, violations);
        Optional<String> principal = required(body, "Principal", "principal", PRINCIPAL, violations);
        Statements.Conditions conditions = conditions(body, action, violations);
        FunctionRef function =
                call.names().namespaced(call.path("FunctionName"), call.query().first("Qualifier"), violations);
        return new LambdaOperation.AddPermission(
                function,
                id.orElseThrow(),
                action.orElseThrow(),
                principal.orElseThrow(),
                conditions,
                body.string("RevisionId"));
    }

    private static Statements.Conditions conditions(Fields body, Optional<String> action, Violations violations) {
        Optional<String> source = optional(body, "SourceArn", "sourceArn", Patterns.ARN, violations);
        Optional<String> account = optional(body, "SourceAccount", "sourceAccount", SOURCE_ACCOUNT, violations);
        Optional<String> token = optional(body, "EventSourceToken", "eventSourceToken", TOKEN, violations);
        Optional<String> organization =
                optional(body, "PrincipalOrgID", "principalOrgID", Patterns.ORGANIZATION, violations);
        Optional<String> authType = body.string("FunctionUrlAuthType");
        authType.ifPresent(value -> {
            violations.oneOf("functionUrlAuthType", value, List.of("NONE", "AWS_IAM"));
            violations.throwIfAny();
            if (!action.orElse("").equals(URL_ACTION)) {
                throw SettingsRules.invalid(
                        "FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action");
            }
        });
        Optional<String> viaUrl = body.optionalFlag("InvokedViaFunctionUrl").map(String::valueOf);
        return new Statements.Conditions()
                .add("StringEquals", "lambda:FunctionUrlAuthType", authType)
                .add("StringEquals", "aws:PrincipalOrgID", organization)
                .add("StringEquals", "AWS:SourceAccount", account)
                .add("StringEquals", "lambda:EventSourceToken", token)
                .add("Bool", "lambda:InvokedViaFunctionUrl", viaUrl)
                .add("ArnLike", "AWS:SourceArn", source);
    }

    static LambdaOperation remove(Call call) {
        var violations = new Violations();
        String id = call.path("StatementId");
        violations.length("statementId", id, 1, 100);
        violations.matches("statementId", id, Patterns.NAMESPACED_STATEMENT_ID);
        FunctionRef function =
                call.names().namespaced(call.path("FunctionName"), call.query().first("Qualifier"), violations);
        return new LambdaOperation.RemovePermission(function, id, call.query().first("RevisionId"));
    }

    static Optional<String> required(Fields body, String name, String member, Pattern pattern, Violations violations) {
        Optional<String> value = body.string(name);
        violations.required(member, value);
        value.ifPresent(given -> violations.matches(member, given, pattern));
        return value;
    }

    static Optional<String> optional(Fields body, String name, String member, Pattern pattern, Violations violations) {
        Optional<String> value = body.string(name);
        value.ifPresent(given -> violations.matches(member, given, pattern));
        return value;
    }
}
