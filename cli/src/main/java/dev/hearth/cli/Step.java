package dev.hearth.cli;

import java.util.Map;

/// One resource of a stack: what is to be done about it, and the doing.
///
/// Attributes are what templates can ask for with `!GetAtt`, and under the empty name with `!Ref`.
interface Step {
    Change change();

    /// The attributes as far as they are known before anything is done; [Made#UNKNOWN] stands for what the server will
    /// say.
    Map<String, String> planned();

    /// Does it.
    ///
    /// @return the attributes
    Map<String, String> apply();
}
