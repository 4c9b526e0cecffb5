package dev.hearth.cli;

import dev.hearth.sam.References;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What is known of the resources of a stack so far.
final class Made implements References {
    /// Stands for what only the server can say, in a plan.
    static final String UNKNOWN = "(known when deployed)";

    private final Map<String, Map<String, String>> attributes = new HashMap<>();

    void add(String logicalId, Map<String, String> known) {
        attributes.put(logicalId, known);
    }

    @Override
    public Optional<String> find(String logicalId, Optional<String> attribute) {
        return Optional.ofNullable(attributes.getOrDefault(logicalId, Map.of()).get(attribute.orElse("")));
    }
}
