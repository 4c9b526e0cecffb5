package dev.hearth.lambdaapi;

import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.catalog.RecordKind;
import dev.hearth.catalog.VersionName;
import dev.hearth.model.FunctionAlias;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.LayerVersion;
import dev.hearth.model.UpdateStatus;
import dev.hearth.model.VersionState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Sorted maps behind the catalog's transaction.
final class FakeTransaction implements CatalogTransaction {
    private final TreeMap<String, TreeMap<Long, FunctionVersion>> versions = new TreeMap<>();
    private final TreeMap<String, TreeMap<String, FunctionAlias>> aliases = new TreeMap<>();
    private final TreeMap<String, TreeMap<Long, LayerVersion>> layers = new TreeMap<>();
    private final Map<String, Map<String, String>> tags = new HashMap<>();
    private final Map<String, Integer> reserved = new HashMap<>();
    private final TreeMap<String, Object> records = new TreeMap<>();
    private final Map<String, Long> versionNumbers = new HashMap<>();
    private final Map<String, Long> layerNumbers = new HashMap<>();

    FakeTransaction copy() {
        var copy = new FakeTransaction();
        versions.forEach((name, map) -> copy.versions.put(name, new TreeMap<>(map)));
        aliases.forEach((name, map) -> copy.aliases.put(name, new TreeMap<>(map)));
        layers.forEach((name, map) -> copy.layers.put(name, new TreeMap<>(map)));
        copy.tags.putAll(tags);
        copy.reserved.putAll(reserved);
        copy.records.putAll(records);
        copy.versionNumbers.putAll(versionNumbers);
        copy.layerNumbers.putAll(layerNumbers);
        return copy;
    }

    private static long number(String version) {
        return version.equals(FunctionVersion.LATEST) ? 0 : Long.parseLong(version);
    }

    @Override
    public Optional<FunctionVersion> version(String function, String version) {
        if (!Lookup.isVersion(version)) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                versions.getOrDefault(function, new TreeMap<>()).get(number(version)));
    }

    @Override
    public List<FunctionVersion> versions(String function) {
        return List.copyOf(versions.getOrDefault(function, new TreeMap<>()).values());
    }

    @Override
    public List<FunctionVersion> functions(String after, int limit) {
        return versions.tailMap(after, false).values().stream()
                .flatMap(map -> map.values().stream().limit(1))
                .limit(limit)
                .toList();
    }

    @Override
    public void put(FunctionVersion version) {
        versions.computeIfAbsent(version.name(), name -> new TreeMap<>()).put(number(version.version()), version);
    }

    @Override
    public void deleteVersion(String function, String version) {
        versions.getOrDefault(function, new TreeMap<>()).remove(number(version));
        removeAll(function, version);
    }

    @Override
    public void deleteFunction(String function) {
        versions.remove(function);
        aliases.remove(function);
        tags.remove(function);
        reserved.remove(function);
        versionNumbers.remove(function);
        records.keySet().removeIf(record -> record.contains("/" + function + "/") && !record.startsWith("layer-"));
    }

    private static String key(RecordKind<?> kind, String owner, String key) {
        return kind + "/" + owner + "/" + key;
    }

    private void removeAll(String function, String key) {
        records.keySet().removeIf(record -> record.endsWith("/" + function + "/" + key));
    }

    @Override
    @SuppressWarnings("unchecked") // a kind's records are of its type: put sees to it
    public <T> Optional<T> find(RecordKind<T> kind, String owner, String key) {
        return Optional.ofNullable((T) records.get(key(kind, owner, key)));
    }

    @Override
    public <T> List<T> list(RecordKind<T> kind, String owner) {
        return withPrefix(kind + "/" + owner + "/");
    }

    @Override
    public <T> List<T> list(RecordKind<T> kind) {
        return withPrefix(kind + "/");
    }

    @SuppressWarnings("unchecked") // a kind's records are of its type: put sees to it
    private <T> List<T> withPrefix(String prefix) {
        return records.entrySet().stream()
                .filter(record -> record.getKey().startsWith(prefix))
                .map(record -> (T) record.getValue())
                .toList();
    }

    @Override
    public <T> void put(RecordKind<T> kind, String owner, String key, T value) {
        records.put(key(kind, owner, key), value);
    }

    @Override
    public void remove(RecordKind<?> kind, String owner, String key) {
        records.remove(key(kind, owner, key));
    }

    @Override
    public long takeVersionNumber(String function) {
        return versionNumbers.merge(function, 1L, Long::sum);
    }

    @Override
    public Optional<FunctionAlias> alias(String function, String alias) {
        return Optional.ofNullable(
                aliases.getOrDefault(function, new TreeMap<>()).get(alias));
    }

    @Override
    public List<FunctionAlias> aliases(String function) {
        return List.copyOf(aliases.getOrDefault(function, new TreeMap<>()).values());
    }

    @Override
    public void put(FunctionAlias alias) {
        aliases.computeIfAbsent(alias.function().name(), name -> new TreeMap<>())
                .put(alias.name(), alias);
    }

    @Override
    public void deleteAlias(String function, String alias) {
        aliases.getOrDefault(function, new TreeMap<>()).remove(alias);
        removeAll(function, alias);
    }

    @Override
    public Optional<LayerVersion> layerVersion(String layer, long version) {
        return Optional.ofNullable(layers.getOrDefault(layer, new TreeMap<>()).get(version));
    }

    @Override
    public List<LayerVersion> layerVersions(String layer) {
        return List.copyOf(
                layers.getOrDefault(layer, new TreeMap<>()).descendingMap().values());
    }

    @Override
    public List<LayerVersion> layers(String after, int limit) {
        return layers.tailMap(after, false).values().stream()
                .filter(map -> !map.isEmpty())
                .map(map -> map.lastEntry().getValue())
                .limit(limit)
                .toList();
    }

    @Override
    public void put(LayerVersion version) {
        layers.computeIfAbsent(version.layer().name(), name -> new TreeMap<>()).put(version.version(), version);
    }

    @Override
    public void deleteLayerVersion(String layer, long version) {
        layers.getOrDefault(layer, new TreeMap<>()).remove(version);
        remove(RecordKind.LAYER_POLICY, layer, Long.toString(version));
    }

    @Override
    public long takeLayerVersionNumber(String layer) {
        return layerNumbers.merge(layer, 1L, Long::sum);
    }

    @Override
    public Map<String, String> tags(String function) {
        return tags.getOrDefault(function, Map.of());
    }

    @Override
    public void putTags(String function, Map<String, String> newTags) {
        tags.put(function, newTags);
    }

    @Override
    public OptionalInt reservedConcurrency(String function) {
        Integer value = reserved.get(function);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    @Override
    public void putReservedConcurrency(String function, OptionalInt value) {
        reserved.remove(function);
        value.ifPresent(number -> reserved.put(function, number));
    }

    @Override
    public int totalReservedConcurrency() {
        return reserved.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public int functionCount() {
        return versions.size();
    }

    @Override
    public long totalCodeSize() {
        return Stream.concat(
                        allVersions().map(FunctionVersion::code),
                        layers.values().stream()
                                .flatMap(map -> map.values().stream())
                                .map(LayerVersion::code))
                .mapToLong(code -> code.size())
                .sum();
    }

    @Override
    public Set<String> referencedCode() {
        return allVersions().map(version -> version.code().sha256()).collect(Collectors.toSet());
    }

    @Override
    public List<VersionName> reachable(String tag, String value) {
        return allVersions()
                .filter(version ->
                        version.isLatest() || !aliases(version.name()).isEmpty())
                .filter(version -> !value.equalsIgnoreCase(tags(version.name()).get(tag)))
                .sorted(Comparator.comparing(FunctionVersion::lastModified).reversed())
                .map(version -> new VersionName(version.name(), version.version()))
                .toList();
    }

    @Override
    public List<FunctionVersion> unfinished() {
        return allVersions()
                .filter(version -> version.state() instanceof VersionState.Pending
                        || version.updateStatus() instanceof UpdateStatus.InProgress)
                .toList();
    }

    private Stream<FunctionVersion> allVersions() {
        return versions.values().stream().flatMap(map -> map.values().stream());
    }
}
