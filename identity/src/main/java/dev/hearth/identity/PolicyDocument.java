package dev.hearth.identity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Checks that a text is a policy as AWS takes it, in its words. What it allows is nobody's business here: nothing is
/// enforced.
final class PolicyDocument {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(50).build())
            .build();
    private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");
    private static final Pattern VENDOR = Pattern.compile("[A-Za-z0-9-]+:.+|\\*");
    private static final Pattern STS = Pattern.compile("sts:.*", Pattern.CASE_INSENSITIVE);
    private static final String SYNTAX = "Syntax errors in policy.";

    private PolicyDocument() {}

    /// A policy that says what a role may do.
    static String ofIdentity(String document) {
        for (Map<?, ?> statement : statements(document)) {
            if (statement.containsKey("Principal") || statement.containsKey("NotPrincipal")) {
                throw QueryError.malformedPolicy("Policy document should not specify a principal.");
            }
            actions(statement, "Action", "NotAction").forEach(PolicyDocument::checkVendor);
            if (!statement.containsKey("Resource") && !statement.containsKey("NotResource")) {
                throw QueryError.malformedPolicy("Policy statement must contain resources.");
            }
        }
        return document;
    }

    /// A policy that says who may assume a role.
    static String ofTrust(String document) {
        for (Map<?, ?> statement : statements(document)) {
            if (statement.containsKey("Resource") || statement.containsKey("NotResource")) {
                throw QueryError.malformedPolicy("Has prohibited field Resource");
            }
            if (!statement.containsKey("Principal") && !statement.containsKey("NotPrincipal")) {
                throw QueryError.malformedPolicy("Missing required field Principal");
            }
            for (String action : actions(statement, "Action", "NotAction")) {
                if (!STS.matcher(action).matches()) {
                    throw QueryError.malformedPolicy("AssumeRole policy may only specify STS AssumeRole actions.");
                }
            }
        }
        return document;
    }

    /// Characters that count against AWS's quotas: all but white space.
    static int size(String document) {
        return (int) document.chars().filter(c -> !Character.isWhitespace(c)).count();
    }

    private static List<Map<?, ?>> statements(String document) {
        if (!(parse(document) instanceof Map<?, ?> policy)) {
            throw QueryError.malformedPolicy(SYNTAX);
        }
        if (policy.containsKey("Version")
                && !(policy.get("Version") instanceof String version && VERSIONS.contains(version))) {
            throw QueryError.malformedPolicy("Policy document must be version 2012-10-17 or greater.");
        }
        List<?> given = policy.get("Statement") instanceof List<?> list
                ? list
                : policy.containsKey("Statement") ? List.of(policy.get("Statement")) : List.of();
        var statements = new ArrayList<Map<?, ?>>();
        for (Object statement : given) {
            if (!(statement instanceof Map<?, ?> object) || !isEffect(object.get("Effect"))) {
                throw QueryError.malformedPolicy(SYNTAX);
            }
            statements.add(object);
        }
        if (statements.isEmpty()) {
            throw QueryError.malformedPolicy(SYNTAX);
        }
        return statements;
    }

    private static boolean isEffect(@Nullable Object effect) {
        return "Allow".equals(effect) || "Deny".equals(effect);
    }

    private static List<String> actions(Map<?, ?> statement, String... names) {
        var actions = new ArrayList<String>();
        for (String name : names) {
            switch (statement.get(name)) {
                case null -> {}
                case String one -> actions.add(one);
                case List<?> several -> several.forEach(action -> actions.add(String.valueOf(action)));
                default -> throw QueryError.malformedPolicy(SYNTAX);
            }
        }
        if (actions.isEmpty()) {
            throw QueryError.malformedPolicy("Policy statement must contain actions.");
        }
        return actions;
    }

    private static void checkVendor(String action) {
        if (!VENDOR.matcher(action).matches()) {
            throw QueryError.malformedPolicy(
                    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        }
    }

    private static Object parse(String document) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), document)) {
            Object value = value(parser, parser.nextToken());
            if (parser.nextToken() == null) {
                return value;
            }
        } catch (JacksonException notJson) {
            // said below, in AWS's words
        }
        throw QueryError.malformedPolicy("This policy contains invalid Json");
    }

    /// Only text matters: numbers and truth values stand as text.
    private static Object value(JsonParser parser, @Nullable JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case null -> "";
            default -> parser.getString();
        };
    }

    private static Map<String, Object> object(JsonParser parser) {
        var members = new LinkedHashMap<String, Object>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            members.put(name, value(parser, parser.nextToken()));
        }
        return members;
    }

    private static List<Object> array(JsonParser parser) {
        var elements = new ArrayList<Object>();
        for (JsonToken token = parser.nextToken();
                token != null && token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            elements.add(value(parser, token));
        }
        return elements;
    }
}
