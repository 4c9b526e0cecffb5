package dev.hearth.cli;

import dev.hearth.sam.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Creates an alias or moves it, with its provisioned concurrency.
final class AliasStep implements Step {
    private static final String PROVISIONED = "ProvisionedConcurrentExecutions";

    private final StackContext context;
    private final String id;
    private final Spec.Alias wanted;
    private final Optional<Json> existing;
    private final List<Difference> differences;

    AliasStep(StackContext context, String id, Spec.Alias wanted) {
        this.context = context;
        this.id = id;
        this.wanted = wanted;
        this.existing = context.api().alias(wanted.function(), wanted.name());
        this.differences = existing.map(this::differences).orElse(List.of());
    }

    private Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("FunctionVersion", wanted.version());
        fields.put("Description", wanted.description());
        fields.put("RoutingConfig", Map.of("AdditionalVersionWeights", wanted.weights()));
        return fields;
    }

    private List<Difference> differences(Json alias) {
        var actual = new LinkedHashMap<String, Object>();
        fields().keySet().forEach(name -> actual.put(name, alias.get(name)));
        var all = new ArrayList<>(Flat.differences(actual, fields()));
        String provisioned = context.api()
                .provisioned(wanted.function(), wanted.name())
                .map(String::valueOf)
                .orElse("");
        all.addAll(Flat.differences(Map.of(PROVISIONED, provisioned), Map.of(PROVISIONED, provisioned())));
        return all;
    }

    private String provisioned() {
        return wanted.provisioned().isPresent() ? "" + wanted.provisioned().getAsLong() : "";
    }

    @Override
    public Change change() {
        Change.Action action = existing.isEmpty()
                ? Change.Action.CREATE
                : differences.isEmpty() ? Change.Action.NONE : Change.Action.UPDATE;
        return new Change(id, "alias", wanted.function() + ":" + wanted.name(), action, differences);
    }

    @Override
    public Map<String, String> planned() {
        String arn = context.functionArn(wanted.function()) + ":" + wanted.name();
        return Map.of("", arn, "AliasArn", arn, "Arn", arn, "Name", wanted.name());
    }

    @Override
    public Map<String, String> apply() {
        boolean wasProvisioned = differences.stream().anyMatch(d -> d.setting().equals(PROVISIONED));
        if (existing.isEmpty()) {
            var request = fields();
            request.put("Name", wanted.name());
            context.api().createAlias(wanted.function(), request);
        } else if (differences.size() > (wasProvisioned ? 1 : 0)) {
            context.api().updateAlias(wanted.function(), wanted.name(), fields());
        }
        if (wasProvisioned || (existing.isEmpty() && wanted.provisioned().isPresent())) {
            context.api()
                    .provision(
                            wanted.function(),
                            wanted.name(),
                            Optional.of(provisioned()).filter(p -> !p.isEmpty()).map(Long::valueOf));
        }
        return planned();
    }
}
