package dev.hearth.cli;

import dev.hearth.sam.Spec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Adds a statement to a function's policy; one that differs is replaced.
final class PermissionStep implements Step {
    private final StackContext context;
    private final String id;
    private final Spec.Permission wanted;
    private final Optional<Json> existing;
    private final List<Difference> differences;

    PermissionStep(StackContext context, String id, Spec.Permission wanted) {
        this.context = context;
        this.id = id;
        this.wanted = wanted;
        this.existing = context.api().statement(wanted.function(), wanted.qualifier(), wanted.statementId());
        this.differences = existing.map(this::differences).orElse(List.of());
    }

    /// A statement has the values in a form of its own: they are looked for, wherever they stand in it.
    private List<Difference> differences(Json statement) {
        var values = Flat.leaves(statement).values();
        return wanted.fields().entrySet().stream()
                .filter(field -> values.stream().noneMatch(value -> value.endsWith(String.valueOf(field.getValue()))))
                .map(field -> new Difference(field.getKey(), "(other)", String.valueOf(field.getValue())))
                .toList();
    }

    @Override
    public Change change() {
        Change.Action action = existing.isEmpty()
                ? Change.Action.CREATE
                : differences.isEmpty() ? Change.Action.NONE : Change.Action.UPDATE;
        return new Change(id, "permission", wanted.function(), action, differences);
    }

    @Override
    public Map<String, String> planned() {
        return Map.of("", wanted.statementId(), "Id", wanted.statementId());
    }

    @Override
    public Map<String, String> apply() {
        if (existing.isPresent() && !differences.isEmpty()) {
            context.api().removePermission(wanted.function(), wanted.qualifier(), wanted.statementId());
        }
        if (existing.isEmpty() || !differences.isEmpty()) {
            var request = new LinkedHashMap<>(wanted.fields());
            request.put("StatementId", wanted.statementId());
            context.api().addPermission(wanted.function(), wanted.qualifier(), request);
        }
        return planned();
    }
}
