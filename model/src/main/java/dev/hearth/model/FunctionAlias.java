package dev.hearth.model;

import java.util.Map;

/// A name that points to a version, or by weight to two.
///
/// @param function       the function's ARN, unqualified
/// @param name           the alias
/// @param version        the version it points to
/// @param description    free text
/// @param routingWeights additional versions and their share of invocations, 0.0 to 1.0; at most one entry
/// @param revisionId     changes with every change
public record FunctionAlias(
        FunctionArn function,
        String name,
        String version,
        String description,
        Map<String, Double> routingWeights,
        String revisionId) {
    public FunctionAlias {
        routingWeights = Map.copyOf(routingWeights);
    }

    public String arn() {
        return function.qualified(name);
    }
}
