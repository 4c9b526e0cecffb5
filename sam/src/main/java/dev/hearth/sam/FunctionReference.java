package dev.hearth.sam;

import java.util.Optional;

/// What templates put where a function is meant: a name or an ARN, either with a qualifier or without.
final class FunctionReference {
    private FunctionReference() {}

    static String name(String reference) {
        return parts(reference)[0];
    }

    static Optional<String> qualifier(String reference) {
        String[] parts = parts(reference);
        return parts.length > 1 ? Optional.of(parts[1]) : Optional.empty();
    }

    private static String[] parts(String reference) {
        int function = reference.indexOf(":function:");
        String rest = function < 0 ? reference : reference.substring(function + ":function:".length());
        return rest.split(":", 2);
    }
}
