package dev.hearth.cli;

import dev.hearth.sam.Spec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says what becomes of a function's asynchronous invocations.
final class EventInvokeStep implements Step {
    private final StackContext context;
    private final String id;
    private final Spec.EventInvoke wanted;
    private final Optional<Json> existing;
    private final List<Difference> differences;

    EventInvokeStep(StackContext context, String id, Spec.EventInvoke wanted) {
        this.context = context;
        this.id = id;
        this.wanted = wanted;
        this.existing = context.api().eventInvoke(wanted.function(), wanted.qualifier());
        this.differences = existing.map(config -> Flat.differences(actual(config), wanted.settings()))
                .orElse(List.of());
    }

    private static Map<String, Object> actual(Json config) {
        var actual = new LinkedHashMap<String, Object>();
        List.of("MaximumRetryAttempts", "MaximumEventAgeInSeconds", "DestinationConfig")
                .forEach(name -> actual.put(name, config.get(name)));
        return actual;
    }

    private boolean isEmpty() {
        return wanted.settings().isEmpty();
    }

    @Override
    public Change change() {
        Change.Action action = existing.isEmpty()
                ? isEmpty() ? Change.Action.NONE : Change.Action.CREATE
                : differences.isEmpty() ? Change.Action.NONE : Change.Action.UPDATE;
        return new Change(id, "asynchronous calls", wanted.function() + ":" + wanted.qualifier(), action, differences);
    }

    @Override
    public Map<String, String> planned() {
        return Map.of("", id);
    }

    @Override
    public Map<String, String> apply() {
        if (existing.isEmpty() ? !isEmpty() : !differences.isEmpty()) {
            if (isEmpty()) {
                context.api().deleteEventInvoke(wanted.function(), wanted.qualifier());
            } else {
                context.api().putEventInvoke(wanted.function(), wanted.qualifier(), wanted.settings());
            }
        }
        return planned();
    }
}
