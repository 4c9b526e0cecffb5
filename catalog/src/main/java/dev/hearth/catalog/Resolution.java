package dev.hearth.catalog;

import dev.hearth.model.FunctionVersion;
import java.util.Optional;
import java.util.OptionalInt;

/// Where a function's qualifier leads.
///
/// @param primary             the version it points to
/// @param secondary           another version that gets a share of the invocations
/// @param secondaryWeight     that share, 0.0 to 1.0
/// @param reservedConcurrency the function's reservation, where it has one
public record Resolution(
        FunctionVersion primary,
        Optional<FunctionVersion> secondary,
        double secondaryWeight,
        OptionalInt reservedConcurrency) {

    /// The version for one invocation.
    ///
    /// @param random uniform in [0, 1)
    public FunctionVersion pick(double random) {
        return secondary.isPresent() && random < secondaryWeight ? secondary.get() : primary;
    }
}
