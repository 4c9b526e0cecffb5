package dev.hearth.cli;

import dev.hearth.sam.Spec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Publishes a version: once, or where an alias follows the code, whenever that changed.
final class VersionStep implements Step {
    private final StackContext context;
    private final String id;
    private final Spec.Version wanted;
    private final Optional<String> current;
    private final boolean publishes;
    private final List<Difference> notPublished;

    VersionStep(StackContext context, String id, Spec.Version wanted) {
        this.context = context;
        this.id = id;
        this.wanted = wanted;
        this.current = wanted.alias().isPresent() ? ofAlias(wanted.alias().get()) : ofTag();
        Optional<Json> published = current.flatMap(version -> context.api().version(wanted.function(), version));
        List<Difference> settings = published.map(this::differences).orElse(List.of());
        boolean codeChanged = published.map(this::codeChanged).orElse(false);
        this.publishes = published.isEmpty()
                || (wanted.alias().isPresent() && (codeChanged || (wanted.allProperties() && !settings.isEmpty())));
        this.notPublished = publishes || wanted.alias().isEmpty() ? List.of() : settings;
    }

    private Optional<String> ofAlias(String alias) {
        return context.api().alias(wanted.function(), alias).flatMap(a -> a.text("FunctionVersion"));
    }

    private Optional<String> ofTag() {
        String tag = context.api().tags(context.functionArn(wanted.function())).getOrDefault(StackTags.PART + id, "");
        return Part.parse(wanted.function(), tag).map(Part::name);
    }

    private Optional<Spec.Function> function() {
        return Optional.ofNullable(context.functions().get(wanted.function()));
    }

    private boolean codeChanged(Json published) {
        return function()
                .map(function -> !Packages.sha256(context.packages().zip(function.code()))
                        .equals(published.textOrEmpty("CodeSha256")))
                .orElse(false);
    }

    private List<Difference> differences(Json published) {
        return function()
                .map(function ->
                        Flat.differences(FunctionSettings.actual(published, function.settings()), function.settings()))
                .orElse(List.of());
    }

    /// Settings that the function has and the version of its alias has not: `AutoPublishAlias` looks at the code alone.
    List<Difference> notPublished() {
        return notPublished;
    }

    @Override
    public Change change() {
        return new Change(
                id,
                "version",
                wanted.function() + (publishes ? "" : ":" + current.orElse("")),
                publishes ? Change.Action.CREATE : Change.Action.NONE,
                List.of());
    }

    @Override
    public Map<String, String> planned() {
        return attributes(publishes ? Made.UNKNOWN : current.orElse(""));
    }

    @Override
    public Map<String, String> apply() {
        if (!publishes) {
            return planned();
        }
        Json function = context.readiness().await(wanted.function());
        String failure = Readiness.failure(function);
        if (!failure.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FUNCTION_ERROR,
                    "'" + wanted.function() + "' cannot be invoked, so no version of it was published: " + failure);
        }
        return attributes(
                context.api().publish(wanted.function(), wanted.description()).textOrEmpty("Version"));
    }

    private Map<String, String> attributes(String version) {
        String arn = context.functionArn(wanted.function());
        return Map.of("", arn + ":" + version, "Version", version, "FunctionArn", arn + ":" + version);
    }
}
