package dev.hearth.catalog;

import dev.hearth.model.FunctionAlias;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.LayerVersion;
import dev.hearth.model.ProvisionedConcurrency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What can be done inside [Catalog#write] and, as far as it only looks, [Catalog#read]. Records by key:
/// rules about them (what may be published, what conflicts) are the callers'.
public interface CatalogTransaction {
    /// A version of a function; `$LATEST` for the function itself.
    Optional<FunctionVersion> version(String function, String version);

    /// All versions, `$LATEST` first, then by number.
    List<FunctionVersion> versions(String function);

    /// `$LATEST` of each function, ordered by name.
    ///
    /// @param after only names greater than this; empty for all
    /// @param limit the most that are returned
    List<FunctionVersion> functions(String after, int limit);

    /// Adds or replaces.
    void put(FunctionVersion version);

    /// Removes one version with what belongs to it, its number never to be used again.
    void deleteVersion(String function, String version);

    /// Removes a function with all that belongs to it.
    void deleteFunction(String function);

    /// Takes the next version number of a function: 1, 2, 3, … never the same twice, not even after deletion of a
    /// version.
    long takeVersionNumber(String function);

    Optional<FunctionAlias> alias(String function, String alias);

    /// All aliases of a function, ordered by name.
    List<FunctionAlias> aliases(String function);

    void put(FunctionAlias alias);

    /// Removes an alias with what belongs to it.
    void deleteAlias(String function, String alias);

    Optional<LayerVersion> layerVersion(String layer, long version);

    /// All versions of a layer, newest first.
    List<LayerVersion> layerVersions(String layer);

    /// The newest version of each layer, ordered by name.
    List<LayerVersion> layers(String after, int limit);

    void put(LayerVersion version);

    /// Removes a layer version with its policy.
    void deleteLayerVersion(String layer, long version);

    /// Takes the next version number of a layer; never the same twice.
    long takeLayerVersionNumber(String layer);

    /// Tags of a function, in the order in which they were added.
    Map<String, String> tags(String function);

    /// Replaces all tags of a function.
    void putTags(String function, Map<String, String> tags);

    OptionalInt reservedConcurrency(String function);

    void putReservedConcurrency(String function, OptionalInt reserved);

    /// The sum of all reservations.
    int totalReservedConcurrency();

    /// A record of a kind.
    ///
    /// @param owner a function, a layer, an account's number, or [RecordKind#ACCOUNT]
    /// @param key   a version, an alias or an id, as the kind says
    <T> Optional<T> find(RecordKind<T> kind, String owner, String key);

    /// All records that an owner has of a kind, ordered by key.
    <T> List<T> list(RecordKind<T> kind, String owner);

    /// All records of a kind, ordered by owner and key.
    <T> List<T> list(RecordKind<T> kind);

    /// Adds or replaces.
    <T> void put(RecordKind<T> kind, String owner, String key, T value);

    void remove(RecordKind<?> kind, String owner, String key);

    /// The versions of which instances are to be kept initialised, with how many. Call the engine with them at a start.
    default List<ProvisionedVersion> provisioned() {
        return ProvisionedShares.of(this, list(RecordKind.PROVISIONED));
    }

    /// The same of one function.
    default List<ProvisionedVersion> provisioned(String function) {
        return ProvisionedShares.of(this, list(RecordKind.PROVISIONED, function));
    }

    /// How many instances of each version a version or alias has provisioned.
    default Map<String, Integer> shares(ProvisionedConcurrency provisioned) {
        return ProvisionedShares.shares(this, provisioned);
    }

    /// How many functions there are.
    int functionCount();

    /// Bytes of all packages that versions and layers refer to, each reference counted, as AWS counts them.
    long totalCodeSize();

    /// SHA-256 of every package that is referred to.
    Set<String> referencedCode();

    /// The names of `$LATEST` of every function, and of all versions of those that have an alias, the one that was
    /// modified last first. Reads no records: there may be many thousands.
    ///
    /// @param tag   functions that have this tag...
    /// @param value ...with this value, in whatever case, are left out
    List<VersionName> reachable(String tag, String value);

    /// Versions that were being created or updated when the server last stopped.
    List<FunctionVersion> unfinished();
}
