package dev.hearth.cli;

import dev.hearth.sam.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Creates a function or brings it up to date.
final class FunctionStep implements Step {
    private static final String CODE = "code";
    private static final String RESERVED = "ReservedConcurrentExecutions";

    private final StackContext context;
    private final String id;
    private final Spec.Function wanted;
    private final String arn;
    private final byte[] zip;
    private final Optional<Json> existing;
    private final Map<String, String> tags;
    private final Optional<Long> reserved;
    private final List<Difference> differences;

    FunctionStep(StackContext context, String id, Spec.Function wanted) {
        this.context = context;
        this.id = id;
        this.wanted = wanted;
        this.arn = context.functionArn(wanted.name());
        this.zip = context.packages().zip(wanted.code());
        this.existing = context.lambda().configuration(wanted.name());
        this.tags = existing.isPresent() ? context.api().tags(arn) : Map.of();
        this.reserved = existing.isPresent() ? context.api().reserved(wanted.name()) : Optional.empty();
        this.differences = existing.map(this::differences).orElse(List.of());
        context.functions().put(wanted.name(), wanted);
        checkOwner();
    }

    private void checkOwner() {
        String owner = tags.getOrDefault(StackTags.STACK, context.inputs().stack());
        if (!owner.equals(context.inputs().stack()) && !context.adopt()) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "The function '" + wanted.name() + "' of " + id + " belongs to the stack '" + owner
                            + "'. Deploy with --stack " + owner
                            + ", give it another FunctionName, or take it over with --adopt.");
        }
    }

    private List<Difference> differences(Json configuration) {
        var all = new ArrayList<Difference>();
        String digest = Packages.sha256(zip);
        if (!configuration.textOrEmpty("CodeSha256").equals(digest)) {
            all.add(new Difference(CODE, configuration.textOrEmpty("CodeSha256"), digest));
        }
        all.addAll(Flat.differences(FunctionSettings.actual(configuration, wanted.settings()), wanted.settings()));
        all.addAll(Flat.differences(Map.of("Tags", usersTags()), Map.of("Tags", wanted.tags())));
        all.addAll(Flat.differences(
                Map.of(RESERVED, reserved.map(String::valueOf).orElse("")), Map.of(RESERVED, reservation())));
        if (!tags.getOrDefault(StackTags.STACK, "").equals(context.inputs().stack())) {
            all.add(new Difference(
                    StackTags.STACK,
                    tags.getOrDefault(StackTags.STACK, ""),
                    context.inputs().stack()));
        }
        return all;
    }

    /// Those that the template decides on. What Hearth itself reads of a function's tags stays unless the template sets
    /// it.
    private Map<String, String> usersTags() {
        Map<String, String> users = StackTags.ofUser(tags);
        users.keySet()
                .removeIf(key -> key.startsWith("hearth:") && !wanted.tags().containsKey(key));
        return users;
    }

    private String reservation() {
        return wanted.reserved().isPresent() ? "" + wanted.reserved().getAsLong() : "";
    }

    @Override
    public Change change() {
        Change.Action action = existing.isEmpty()
                ? Change.Action.CREATE
                : differences.isEmpty() ? Change.Action.NONE : Change.Action.UPDATE;
        return new Change(id, "function", wanted.name(), action, differences);
    }

    @Override
    public Map<String, String> planned() {
        return Map.of("", wanted.name(), "Arn", arn);
    }

    @Override
    public Map<String, String> apply() {
        if (existing.isEmpty()) {
            create();
        } else if (!differences.isEmpty()) {
            update();
        }
        if (has(RESERVED) || (existing.isEmpty() && wanted.reserved().isPresent())) {
            context.api()
                    .reserve(
                            wanted.name(),
                            Optional.of(reservation()).filter(r -> !r.isEmpty()).map(Long::valueOf));
        }
        return planned();
    }

    private void create() {
        var request = new LinkedHashMap<String, Object>();
        request.put("FunctionName", wanted.name());
        request.put("Code", Map.of("ZipFile", Packages.base64(zip)));
        request.putAll(FunctionSettings.forCreate(wanted.settings()));
        var all = new LinkedHashMap<>(wanted.tags());
        all.put(StackTags.STACK, context.inputs().stack());
        all.put(StackTags.LOGICAL_ID, id);
        request.put("Tags", all);
        context.lambda().create(request);
    }

    private void update() {
        context.readiness().await(wanted.name());
        if (has(CODE) || has("Architectures")) {
            var request = new LinkedHashMap<String, Object>();
            request.put("ZipFile", Packages.base64(zip));
            request.put("Architectures", wanted.settings().getOrDefault("Architectures", List.of("x86_64")));
            context.lambda().updateCode(wanted.name(), request);
            context.readiness().await(wanted.name());
        }
        Map<String, Object> fields = FunctionSettings.forUpdate(wanted.settings(), differences);
        if (!fields.isEmpty()) {
            context.lambda().updateConfiguration(wanted.name(), fields);
        }
        var gone = new ArrayList<>(usersTags().keySet());
        gone.removeAll(wanted.tags().keySet());
        context.api().untag(arn, gone);
        context.api().tag(arn, wanted.tags());
    }

    private boolean has(String setting) {
        return differences.stream().anyMatch(d -> d.setting().equals(setting));
    }
}
