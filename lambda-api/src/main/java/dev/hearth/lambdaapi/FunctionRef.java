package dev.hearth.lambdaapi;

import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.FunctionArn;
import dev.hearth.model.FunctionVersion;
import java.util.Optional;

/// The function a request names, with the version or alias where it names one.
record FunctionRef(FunctionArn arn, Optional<String> qualifier) {

    String name() {
        return arn.name();
    }

    /// The qualifier, or `$LATEST` where the request has none.
    String qualifierOrLatest() {
        return qualifier.orElse(FunctionVersion.LATEST);
    }

    /// The ARN as the request named it: without qualifier where it gave none.
    String arnAsNamed() {
        return qualifier.map(arn::qualified).orElseGet(arn::toString);
    }

    /// The function itself, for operations that versions and aliases do not have.
    FunctionRef unqualified() {
        if (qualifier.isPresent() && !qualifier.get().equals(FunctionVersion.LATEST)) {
            throw new ApiException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "This operation is permitted on Lambda functions only. Aliases and versions do not support this"
                            + " operation. Please specify either a function name or an unqualified function ARN.");
        }
        return new FunctionRef(arn, Optional.empty());
    }

    /// AWS's error for a function, version or alias that does not exist.
    ApiException notFound() {
        return notFound(arnAsNamed());
    }

    static ApiException notFound(String arn) {
        return new ApiException(ErrorCode.RESOURCE_NOT_FOUND, "Function not found: " + arn);
    }
}
