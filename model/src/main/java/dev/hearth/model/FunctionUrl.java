package dev.hearth.model;

import java.time.Instant;
import java.util.Optional;

/// An HTTP endpoint of a function or of one of its aliases.
///
/// @param function     the function's ARN, unqualified
/// @param qualifier    an alias, or `$LATEST`
/// @param id           32 letters and digits: the first label of its host name
/// @param authType     `NONE` or `AWS_IAM`
/// @param invokeMode   `BUFFERED` or `RESPONSE_STREAM`
/// @param cors         which pages of other origins may use it; empty where it was never set
/// @param created      when it was created
/// @param lastModified when it was last updated
public record FunctionUrl(
        FunctionArn function,
        String qualifier,
        String id,
        String authType,
        String invokeMode,
        Optional<CorsConfig> cors,
        Instant created,
        Instant lastModified) {

    /// The ARN of what it invokes: unqualified for the function itself.
    public String arn() {
        return qualifier.equals(FunctionVersion.LATEST) ? function.toString() : function.qualified(qualifier);
    }
}
