package dev.hearth.lambdaapi;

import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.Scope;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the forms in which a request may name a function: a name, a partial ARN, an ARN, each with or without a
/// qualifier, and the qualifier beside it.
record FunctionNames(Scope scope) {
    private static final int NAME_MAX = 64;

    /// What AWS accepts where functions are created or changed.
    FunctionRef function(String named, Optional<String> qualifier, Violations violations) {
        return function(named, qualifier, violations, Patterns.QUALIFIER);
    }

    /// The same where the operation has another pattern for qualifiers.
    FunctionRef function(String named, Optional<String> qualifier, Violations violations, Pattern qualifiers) {
        check(qualifier, violations, qualifiers);
        return parse(named, qualifier, violations, Patterns.FUNCTION, 140);
    }

    /// What AWS accepts where functions are read, deleted or invoked.
    FunctionRef namespaced(String named, Optional<String> qualifier, Violations violations) {
        check(qualifier, violations, Patterns.QUALIFIER);
        return parse(named, qualifier, violations, Patterns.NAMESPACED_FUNCTION, 256);
    }

    /// The name for a new function.
    FunctionRef forCreation(String named, Violations violations) {
        FunctionRef ref = function(named, Optional.empty(), violations);
        if (ref.name().length() > NAME_MAX) {
            throw new ApiException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "1 validation error detected: Value '%s' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to %d"
                            .formatted(ref.name(), NAME_MAX));
        }
        return new FunctionRef(ref.arn(), Optional.empty());
    }

    /// All violations are thrown here: nothing more can be said about a request whose function has no name.
    private FunctionRef parse(
            String named, Optional<String> qualifier, Violations violations, Pattern pattern, int maxLength) {
        violations.length("functionName", named, 1, maxLength);
        violations.matches("functionName", named, pattern);
        violations.throwIfAny();
        Matcher parts = pattern.matcher(named);
        if (!parts.matches()) {
            throw new IllegalStateException("a validated name does not match its pattern: " + named);
        }
        checkRegion(parts.group(Patterns.REGION_GROUP));
        checkAccount(parts.group(Patterns.ACCOUNT_GROUP));
        Optional<String> derived = Optional.ofNullable(parts.group(Patterns.QUALIFIER_GROUP));
        return new FunctionRef(scope.function(parts.group(Patterns.NAME_GROUP)), agreed(derived, qualifier));
    }

    private static void check(Optional<String> qualifier, Violations violations, Pattern pattern) {
        qualifier.ifPresent(given -> {
            violations.length("qualifier", given, 1, 128);
            if (given.length() <= 128) {
                violations.matches("qualifier", given, pattern);
            }
        });
    }

    private void checkRegion(@Nullable String regionAndColon) {
        if (regionAndColon != null && !regionAndColon.equals(scope.region() + ":")) {
            throw new ApiException(
                    ErrorCode.RESOURCE_NOT_FOUND,
                    "Functions from '%s' are not reachable in this region ('%s')"
                            .formatted(regionAndColon.substring(0, regionAndColon.length() - 1), scope.region()));
        }
    }

    private void checkAccount(@Nullable String accountAndColon) {
        if (accountAndColon != null && !accountAndColon.equals(scope.account() + ":")) {
            throw new ApiException(ErrorCode.ACCESS_DENIED, ErrorAnswer.NO_MESSAGE);
        }
    }

    private static Optional<String> agreed(Optional<String> derived, Optional<String> given) {
        if (derived.isPresent() && given.isPresent() && !derived.equals(given)) {
            throw new ApiException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The derived qualifier from the function name does not match the specified qualifier.");
        }
        return given.or(() -> derived);
    }
}
