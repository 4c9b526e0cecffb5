package dev.hearth.model;

import java.util.List;
import java.util.Optional;

/// Who may use a function, version, alias or layer version: statements in the order in which they were added.
///
/// @param statements never the same id twice
/// @param revisionId changes with every change; callers may make changes conditional on it
public record ResourcePolicy(List<Statement> statements, String revisionId) {

    /// One permission.
    ///
    /// @param id   the caller's name of it
    /// @param json the statement as the policy document shows it
    public record Statement(String id, String json) {}

    public ResourcePolicy {
        statements = List.copyOf(statements);
    }

    public Optional<Statement> statement(String id) {
        return statements.stream()
                .filter(statement -> statement.id().equals(id))
                .findFirst();
    }
}
