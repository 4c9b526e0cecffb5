package dev.hearth.sam;

import java.util.Optional;

/// What is known of the resources that have been made so far.
@FunctionalInterface
public interface References {
    /// What `!Ref` or `!GetAtt` of a resource of the stack is.
    ///
    /// @param attribute what `!GetAtt` asks for; empty for `!Ref`
    /// @return empty where a resource of its type has no such attribute
    Optional<String> find(String logicalId, Optional<String> attribute);
}
