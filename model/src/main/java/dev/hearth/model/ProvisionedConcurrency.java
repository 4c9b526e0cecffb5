package dev.hearth.model;

import java.time.Instant;

/// How many instances of a version or alias are to be kept initialised.
///
/// @param function     the function's ARN, unqualified
/// @param qualifier    a version's number or an alias
/// @param instances    at least 1
/// @param lastModified when it was last put
public record ProvisionedConcurrency(FunctionArn function, String qualifier, int instances, Instant lastModified) {
    public ProvisionedConcurrency {
        if (instances < 1) {
            throw new IllegalArgumentException("provisioned concurrency of " + instances + " is none");
        }
    }
}
