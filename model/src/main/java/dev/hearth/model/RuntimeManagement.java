package dev.hearth.model;

import java.util.Optional;

/// When a version gets a newer build of its runtime; kept and shown.
///
/// @param updateRuntimeOn   `Auto`, `FunctionUpdate` or `Manual`
/// @param runtimeVersionArn the build, with `Manual` only
public record RuntimeManagement(String updateRuntimeOn, Optional<String> runtimeVersionArn) {
    public static final RuntimeManagement AUTO = new RuntimeManagement("Auto", Optional.empty());
}
