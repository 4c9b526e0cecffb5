package dev.hearth.cli;

import dev.hearth.sam.Evaluated;
import dev.hearth.sam.Ignored;
import dev.hearth.sam.Resource;
import dev.hearth.sam.Spec;
import dev.hearth.sam.Stack;
import dev.hearth.sam.StandIn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Goes through a stack's resources in order: first to say what there is to do, then to do it.
///
/// Both times every resource is compared with what the server has at that moment, so that the doing sees what the steps
/// before it have made.
final class StackPlan {
    private final Stack stack;
    private final StackContext context;
    private final Made made = new Made();
    private final List<Change> changes = new ArrayList<>();
    private final Set<StandIn> standIns = new LinkedHashSet<>();
    private final Set<Ignored> ignored = new LinkedHashSet<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<Part, String> parts = new LinkedHashMap<>();

    StackPlan(Stack stack, StackContext context) {
        this.stack = stack;
        this.context = context;
    }

    /// Compares everything, changes nothing.
    void look() {
        for (Resource resource : stack.resources()) {
            Evaluated evaluated = stack.evaluate(resource, made);
            Step step = step(resource, evaluated.spec());
            made.add(resource.id(), step.planned());
            changes.add(step.change());
            standIns.addAll(evaluated.standIns());
            ignored.addAll(evaluated.ignored());
            note(resource, evaluated.spec(), step);
        }
    }

    /// Does it, and marks what was made.
    void apply() {
        for (Resource resource : stack.resources()) {
            Spec spec = stack.evaluate(resource, made).spec();
            Map<String, String> attributes = apply(resource, spec);
            made.add(resource.id(), attributes);
            note(resource, spec, attributes);
        }
        context.functions().keySet().forEach(this::mark);
    }

    private Map<String, String> apply(Resource resource, Spec spec) {
        try {
            return step(resource, spec).apply();
        } catch (RefusedByServer e) {
            throw new CommandFailure(
                    e.exitCode(),
                    resource.id() + " (line " + resource.line() + ") was refused: " + e.getMessage()
                            + " What came before it is done; the next deploy goes on from there.",
                    e);
        }
    }

    private Step step(Resource resource, Spec spec) {
        return switch (spec) {
            case Spec.Function function -> new FunctionStep(context, resource.id(), function);
            case Spec.Layer layer -> new LayerStep(context, resource.id(), layer);
            case Spec.Version version -> new VersionStep(context, resource.id(), version);
            case Spec.Alias alias -> new AliasStep(context, resource.id(), alias);
            case Spec.Url url -> new UrlStep(context, resource.id(), url);
            case Spec.EventInvoke invoke -> new EventInvokeStep(context, resource.id(), invoke);
            case Spec.Permission permission -> new PermissionStep(context, resource.id(), permission);
        };
    }

    private void note(Resource resource, Spec spec, Step step) {
        note(resource, spec, step.planned());
        if (step instanceof VersionStep version && !version.notPublished().isEmpty()) {
            notes.add(
                    resource.id() + ": the code is as it was, so no version is published, and the alias keeps the old "
                            + String.join(
                                    ", ",
                                    version.notPublished().stream()
                                            .map(Difference::setting)
                                            .toList())
                            + ", as on AWS; AutoPublishAliasAllProperties: true publishes settings too");
        }
    }

    private void note(Resource resource, Spec spec, Map<String, String> attributes) {
        Part.of(spec, attributes.getOrDefault("Version", "")).ifPresent(part -> parts.put(part, resource.id()));
    }

    /// Writes the tags that say what belongs to the stack.
    private void mark(String function) {
        String arn = context.functionArn(function);
        Map<String, String> has = context.api().tags(arn);
        var wanted = new LinkedHashMap<String, String>();
        wanted.put(StackTags.STACK, context.inputs().stack());
        stack.resources().stream()
                .filter(resource ->
                        made.find(resource.id(), java.util.Optional.of("Arn")).equals(java.util.Optional.of(arn)))
                .forEach(resource -> wanted.put(StackTags.LOGICAL_ID, resource.id()));
        parts.forEach((part, id) -> {
            if (part.function().equals(function)) {
                wanted.put(StackTags.PART + id, part.tag());
            }
        });
        if (!has.entrySet().containsAll(wanted.entrySet())) {
            context.api().tag(arn, wanted);
        }
    }

    /// Forgets what was pruned.
    void unmark(Leftovers gone) {
        for (Part part : gone.parts()) {
            String arn = context.functionArn(part.function());
            List<String> keys = context.api().tags(arn).entrySet().stream()
                    .filter(tag -> tag.getKey().startsWith(StackTags.PART)
                            && tag.getValue().equals(part.tag()))
                    .map(Map.Entry::getKey)
                    .toList();
            context.api().untag(arn, keys);
        }
    }

    Set<Part> parts() {
        return new HashSet<>(parts.keySet());
    }

    Made made() {
        return made;
    }

    List<Change> changes() {
        return changes;
    }

    Set<StandIn> standIns() {
        return standIns;
    }

    Set<Ignored> ignored() {
        return ignored;
    }

    List<String> notes() {
        return notes;
    }
}
