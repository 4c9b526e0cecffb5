package dev.hearth.model;

import java.time.Instant;
import java.util.Optional;

/// What becomes of asynchronous events of a function, version or alias.
///
/// @param function           the function's ARN, unqualified
/// @param qualifier          `$LATEST`, a version's number or an alias
/// @param maximumRetries     0 to 2; empty where AWS's default holds
/// @param maximumAgeSeconds  60 to 21,600; empty where AWS's default holds
/// @param onSuccess          ARN of where records of successful invocations go
/// @param onFailure          ARN of where records of failed events go
/// @param lastModified       when it was last put or updated
public record EventInvokeConfig(
        FunctionArn function,
        String qualifier,
        Optional<Integer> maximumRetries,
        Optional<Integer> maximumAgeSeconds,
        Optional<String> onSuccess,
        Optional<String> onFailure,
        Instant lastModified) {}
