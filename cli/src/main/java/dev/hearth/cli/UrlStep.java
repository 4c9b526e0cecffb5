package dev.hearth.cli;

import dev.hearth.sam.Spec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Creates a function URL or changes its settings.
final class UrlStep implements Step {
    private final StackContext context;
    private final String id;
    private final Spec.Url wanted;
    private final Optional<Json> existing;
    private final List<Difference> differences;

    UrlStep(StackContext context, String id, Spec.Url wanted) {
        this.context = context;
        this.id = id;
        this.wanted = wanted;
        this.existing = context.api().url(wanted.function(), wanted.qualifier());
        this.differences = existing.map(url -> Flat.differences(actual(url), wanted.settings()))
                .orElse(List.of());
    }

    private static Map<String, Object> actual(Json url) {
        var actual = new LinkedHashMap<String, Object>();
        List.of("AuthType", "InvokeMode", "Cors").forEach(name -> actual.put(name, url.get(name)));
        return actual;
    }

    @Override
    public Change change() {
        Change.Action action = existing.isEmpty()
                ? Change.Action.CREATE
                : differences.isEmpty() ? Change.Action.NONE : Change.Action.UPDATE;
        String of = wanted.function() + wanted.qualifier().map(q -> ":" + q).orElse("");
        return new Change(id, "url", of, action, differences);
    }

    @Override
    public Map<String, String> planned() {
        return attributes(existing.map(url -> url.textOrEmpty("FunctionUrl")).orElse(Made.UNKNOWN));
    }

    @Override
    public Map<String, String> apply() {
        if (existing.isPresent() && differences.isEmpty()) {
            return planned();
        }
        var request = new LinkedHashMap<>(wanted.settings());
        request.putIfAbsent("Cors", Map.of());
        if (existing.isEmpty()) {
            request.remove("Cors", Map.of());
        }
        Json url = context.api().putUrl(wanted.function(), wanted.qualifier(), request, existing.isPresent());
        return attributes(url.textOrEmpty("FunctionUrl"));
    }

    private Map<String, String> attributes(String url) {
        String arn = context.functionArn(wanted.function())
                + wanted.qualifier().map(q -> ":" + q).orElse("");
        return Map.of("", arn, "FunctionArn", arn, "FunctionUrl", url);
    }
}
