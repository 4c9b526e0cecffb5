package dev.hearth.lambdaapi;

import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.FunctionAlias;
import dev.hearth.model.FunctionVersion;
import java.util.Optional;

/// What a reference with a qualifier leads to, for operations on versions and aliases themselves.
///
/// @param alias   the alias, where it names one
/// @param version the version, or that to which the alias points
record Target(Optional<FunctionAlias> alias, FunctionVersion version) {

    boolean isAlias() {
        return alias.isPresent();
    }

    /// @throws ApiException when there is no such version or alias, in AWS's words for each
    static Target of(CatalogTransaction tx, FunctionRef function) {
        String qualifier = function.qualifierOrLatest();
        if (Lookup.isVersion(qualifier)) {
            return new Target(
                    Optional.empty(), tx.version(function.name(), qualifier).orElseThrow(function::notFound));
        }
        FunctionAlias alias = tx.alias(function.name(), qualifier)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "Cannot find alias arn: " + function.arn().qualified(qualifier)));
        return new Target(
                Optional.of(alias), tx.version(function.name(), alias.version()).orElseThrow(function::notFound));
    }

    /// Changes with every change of the version or alias, and of its policy.
    String revisionId() {
        return alias.map(FunctionAlias::revisionId).orElseGet(version::revisionId);
    }
}
