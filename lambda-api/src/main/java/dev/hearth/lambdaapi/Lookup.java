package dev.hearth.lambdaapi;

import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.FunctionAlias;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.UpdateStatus;
import dev.hearth.model.VersionState;
import java.util.Optional;

/// Finds what a request names, and says in AWS's words why an operation cannot be done on it now.
final class Lookup {
    private static final String CANNOT = "The operation cannot be performed at this time. ";

    private Lookup() {}

    /// The version the reference leads to, through an alias where it names one.
    static FunctionVersion version(CatalogTransaction tx, FunctionRef function) {
        String qualifier = function.qualifierOrLatest();
        Optional<FunctionVersion> version = tx.version(function.name(), qualifier);
        if (version.isEmpty() && !isVersion(qualifier)) {
            version =
                    tx.alias(function.name(), qualifier).flatMap(alias -> tx.version(function.name(), alias.version()));
        }
        return version.orElseThrow(function::notFound);
    }

    /// `$LATEST` of the function.
    static FunctionVersion latest(CatalogTransaction tx, FunctionRef function) {
        return tx.version(function.name(), FunctionVersion.LATEST)
                .orElseThrow(() -> FunctionRef.notFound(function.arn().toString()));
    }

    /// Whether there is what the reference names: the function, and its version or alias where it names one.
    static boolean exists(CatalogTransaction tx, FunctionRef function) {
        String qualifier = function.qualifierOrLatest();
        return tx.version(function.name(), qualifier).isPresent()
                || tx.alias(function.name(), qualifier).isPresent();
    }

    /// Whether a qualifier is a version rather than an alias.
    static boolean isVersion(String qualifier) {
        return qualifier.equals(FunctionVersion.LATEST)
                || Patterns.NUMBER.matcher(qualifier).matches();
    }

    static void checkRevision(FunctionVersion version, Optional<String> expected) {
        checkRevision(version.revisionId(), expected);
    }

    static void checkRevision(FunctionAlias alias, Optional<String> expected) {
        checkRevision(alias.revisionId(), expected);
    }

    private static void checkRevision(String actual, Optional<String> expected) {
        if (expected.isPresent() && !expected.get().equals(actual)) {
            throw new ApiException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to"
                            + " retrieve the latest Revision Id");
        }
    }

    /// Refuses while the function is being created or updated.
    static void checkSettled(FunctionVersion latest) {
        if (latest.state() instanceof VersionState.Pending) {
            throw wrongState(latest);
        }
        if (latest.updateStatus() instanceof UpdateStatus.InProgress) {
            throw new ApiException(
                    ErrorCode.RESOURCE_CONFLICT, CANNOT + "An update is in progress for resource: " + latest.arn());
        }
    }

    static ApiException wrongState(FunctionVersion version) {
        String because =
                version.state() instanceof VersionState.Failed(String code, String reason) ? ". " + reason : "";
        return new ApiException(
                ErrorCode.RESOURCE_CONFLICT,
                CANNOT + "The function is currently in the following state: "
                        + version.state().awsName() + because);
    }
}
