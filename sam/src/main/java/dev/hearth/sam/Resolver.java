package dev.hearth.sam;

import java.util.Optional;

/// Says what `!Ref` and `!GetAtt` of a resource stand for.
@FunctionalInterface
interface Resolver {
    /// No resources can be referred to, as in parameters and conditions.
    Resolver NONE = (line, name, attribute) -> {
        throw new TemplateException(
                line, "'" + name + "' cannot be referred to here: only parameters and pseudo parameters can");
    };

    /// @param attribute what `!GetAtt` asks for; empty for `!Ref`
    /// @throws TemplateException when there is no such resource or attribute
    Value resolve(int line, String name, Optional<String> attribute);
}
