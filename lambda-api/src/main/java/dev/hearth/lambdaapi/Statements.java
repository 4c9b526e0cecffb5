package dev.hearth.lambdaapi;

import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.ResourcePolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/// Statements of resource policies as AWS writes them, and the policies they make.
final class Statements {
    /// AWS's quota of a policy.
    private static final int POLICY_MAX = 20_480;

    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern IAM = Pattern.compile("arn:(aws[a-zA-Z-]*):iam:.+");
    private static final Pattern SERVICE = Pattern.compile("[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?");

    private Statements() {}

    /// Conditions by operator, then key.
    static final class Conditions {
        private final Map<String, Map<String, String>> byOperator = new LinkedHashMap<>();

        Conditions add(String operator, String key, Optional<String> value) {
            value.ifPresent(given -> byOperator
                    .computeIfAbsent(operator, name -> new LinkedHashMap<>())
                    .put(key, given));
            return this;
        }

        private void write(JsonGenerator out) {
            if (byOperator.isEmpty()) {
                return;
            }
            out.writeObjectPropertyStart("Condition");
            byOperator.forEach((operator, keys) -> {
                out.writeObjectPropertyStart(operator);
                keys.forEach(out::writeStringProperty);
                out.writeEndObject();
            });
            out.writeEndObject();
        }
    }

    /// @param principal a service, an account, an IAM ARN or `*`
    static ResourcePolicy.Statement of(
            String id, String principal, String action, String resource, String partition, Conditions conditions) {
        byte[] json = Json.object(out -> {
            out.writeStringProperty("Sid", id);
            out.writeStringProperty("Effect", "Allow");
            writePrincipal(out, principal, partition);
            out.writeStringProperty("Action", action);
            out.writeStringProperty("Resource", resource);
            conditions.write(out);
        });
        return new ResourcePolicy.Statement(id, new String(json, StandardCharsets.UTF_8));
    }

    private static void writePrincipal(JsonGenerator out, String principal, String partition) {
        if (principal.equals("*")) {
            out.writeStringProperty("Principal", principal);
            return;
        }
        out.writeObjectPropertyStart("Principal");
        if (SERVICE.matcher(principal).matches()) {
            out.writeStringProperty("Service", principal);
        } else if (ACCOUNT.matcher(principal).matches()) {
            out.writeStringProperty("AWS", "arn:" + partition + ":iam::" + principal + ":root");
        } else if (IAM.matcher(principal).matches()) {
            out.writeStringProperty("AWS", principal);
        } else {
            throw SettingsRules.invalid(
                    "The provided principal was invalid. Please check the principal and try again.");
        }
        out.writeEndObject();
    }

    /// The policy with one statement more.
    ///
    /// @throws ApiException when it has one of that id, or would grow too long
    static ResourcePolicy with(Optional<ResourcePolicy> policy, ResourcePolicy.Statement statement, String revisionId) {
        List<ResourcePolicy.Statement> statements =
                new ArrayList<>(policy.map(ResourcePolicy::statements).orElse(List.of()));
        if (policy.flatMap(old -> old.statement(statement.id())).isPresent()) {
            throw new ApiException(
                    ErrorCode.RESOURCE_CONFLICT,
                    "The statement id (%s) provided already exists. Please provide a new statement id, or remove the existing statement."
                            .formatted(statement.id()));
        }
        statements.add(statement);
        var larger = new ResourcePolicy(statements, revisionId);
        int size = document(larger).getBytes(StandardCharsets.UTF_8).length;
        if (size > POLICY_MAX) {
            throw new ApiException(
                    ErrorCode.POLICY_LENGTH_EXCEEDED,
                    "The final policy size (%d) is bigger than the limit (%d).".formatted(size, POLICY_MAX));
        }
        return larger;
    }

    /// The policy with one statement less; without any it is no policy.
    static Optional<ResourcePolicy> without(ResourcePolicy policy, String id, String revisionId) {
        if (policy.statement(id).isEmpty()) {
            throw new ApiException(
                    ErrorCode.RESOURCE_NOT_FOUND, "Statement " + id + " is not found in resource policy.");
        }
        List<ResourcePolicy.Statement> left = policy.statements().stream()
                .filter(statement -> !statement.id().equals(id))
                .toList();
        return left.isEmpty() ? Optional.empty() : Optional.of(new ResourcePolicy(left, revisionId));
    }

    /// The JSON document of a policy.
    static String document(ResourcePolicy policy) {
        return policy.statements().stream()
                .map(ResourcePolicy.Statement::json)
                .collect(Collectors.joining(
                        ",", "{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":[", "]}"));
    }

    /// @param operation that tells the latest revision
    static void checkRevision(Optional<String> expected, String actual, String operation) {
        if (expected.isPresent() && !expected.get().equals(actual)) {
            throw new ApiException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The Revision Id provided does not match the latest Revision Id. Call the " + operation
                            + " API to retrieve the latest Revision Id");
        }
    }
}
