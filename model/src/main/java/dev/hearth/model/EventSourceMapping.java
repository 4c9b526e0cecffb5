package dev.hearth.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What connects a queue or stream with a function.
///
/// @param uuid         its name
/// @param function     the function's ARN, unqualified
/// @param qualifier    a version or alias, where it has one
/// @param sourceArn    the queue or stream; empty for sources that have no ARN
/// @param enabled      whether it is to be read from
/// @param lastModified when it was last created or updated
/// @param settings     all else as the API shows it, by member: text, numbers, truth values, lists, maps
public record EventSourceMapping(
        String uuid,
        FunctionArn function,
        Optional<String> qualifier,
        Optional<String> sourceArn,
        boolean enabled,
        Instant lastModified,
        Map<String, Object> settings) {
    public EventSourceMapping {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /// The ARN of what it invokes.
    public String functionArn() {
        return qualifier.map(function::qualified).orElseGet(function::toString);
    }
}
