package dev.hearth.cli;

import dev.hearth.sam.Spec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Publishes a version of a layer, unless there is one of the same content and description.
final class LayerStep implements Step {
    private final StackContext context;
    private final String id;
    private final Spec.Layer wanted;
    private final byte[] zip;
    private final List<Json> versions;
    private final Optional<String> same;

    LayerStep(StackContext context, String id, Spec.Layer wanted) {
        this.context = context;
        this.id = id;
        this.wanted = wanted;
        this.zip = context.packages().zip(wanted.content());
        this.versions = context.api().layerVersions(wanted.name());
        List<String> candidates = versions.stream()
                .filter(this::describesTheSame)
                .map(version -> version.textOrEmpty("LayerVersionArn"))
                .filter(this::holdsTheSame)
                .toList();
        this.same =
                candidates.size() > 1 ? inUse(candidates) : candidates.stream().findFirst();
    }

    /// Of several that are the same, one that functions have: to change them would change nothing.
    private Optional<String> inUse(List<String> candidates) {
        Set<String> used = context.lambda().list().stream()
                .flatMap(function -> function.get("Layers").items().stream())
                .map(layer -> layer.textOrEmpty("Arn"))
                .collect(Collectors.toSet());
        return candidates.stream()
                .filter(used::contains)
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    private boolean describesTheSame(Json version) {
        return version.textOrEmpty("Description").equals(wanted.description())
                && texts(version, "CompatibleRuntimes").equals(wanted.runtimes())
                && texts(version, "CompatibleArchitectures").equals(wanted.architectures())
                && version.text("LicenseInfo").equals(wanted.license());
    }

    private boolean holdsTheSame(String arn) {
        return context.api()
                .layerVersion(arn)
                .get("Content")
                .textOrEmpty("CodeSha256")
                .equals(Packages.sha256(zip));
    }

    private static List<String> texts(Json version, String member) {
        return version.get(member).items().stream()
                .map(item -> String.valueOf(item.value()))
                .toList();
    }

    @Override
    public Change change() {
        return new Change(
                id,
                "layer",
                wanted.name(),
                same.isPresent() ? Change.Action.NONE : Change.Action.CREATE,
                differences());
    }

    private List<Difference> differences() {
        if (same.isPresent() || versions.isEmpty()) {
            return List.of();
        }
        String newest = versions.getFirst().textOrEmpty("LayerVersionArn");
        String before = context.api().layerVersion(newest).get("Content").textOrEmpty("CodeSha256");
        String after = Packages.sha256(zip);
        return before.equals(after) ? List.of() : List.of(new Difference("code", before, after));
    }

    @Override
    public Map<String, String> planned() {
        return attributes(same.orElse(Made.UNKNOWN));
    }

    @Override
    public Map<String, String> apply() {
        return attributes(same.orElseGet(this::publish));
    }

    private String publish() {
        var request = new LinkedHashMap<String, Object>();
        request.put("Content", Map.of("ZipFile", Packages.base64(zip)));
        request.put("Description", wanted.description());
        if (!wanted.runtimes().isEmpty()) {
            request.put("CompatibleRuntimes", wanted.runtimes());
        }
        if (!wanted.architectures().isEmpty()) {
            request.put("CompatibleArchitectures", wanted.architectures());
        }
        wanted.license().ifPresent(license -> request.put("LicenseInfo", license));
        return context.api().publishLayer(wanted.name(), request).textOrEmpty("LayerVersionArn");
    }

    private static Map<String, String> attributes(String arn) {
        return Map.of("", arn, "LayerVersionArn", arn, "Arn", arn);
    }
}
