package dev.hearth.cli;

import java.util.List;

/// What is to become of one resource of a stack.
///
/// @param id   its logical id; empty for what has left the template
/// @param what what it is, in a word
/// @param name what the server knows it by
record Change(String id, String what, String name, Action action, List<Difference> differences) {
    enum Action {
        CREATE("+"),
        UPDATE("~"),
        NONE("="),
        DELETE("-"),
        /// It is not in the template any more and stays.
        LEFT("!");

        private final String sign;

        Action(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    Change {
        differences = List.copyOf(differences);
    }

    /// Whether something that exists is changed.
    boolean touchesExisting() {
        return action == Action.UPDATE || action == Action.DELETE;
    }

    boolean isChange() {
        return touchesExisting() || action == Action.CREATE;
    }
}
