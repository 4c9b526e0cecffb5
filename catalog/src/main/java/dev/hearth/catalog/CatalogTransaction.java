package dev.hearth.catalog;

import dev.hearth.model.FunctionAlias;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.LayerVersion;
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

    /// Removes one version, its number never to be used again.
    void deleteVersion(String function, String version);

    /// Removes a function with its versions, aliases, tags and reservation.
    void deleteFunction(String function);

    /// Takes the next version number of a function: 1, 2, 3, … never the same twice, not even after deletion of a
    /// version.
    long takeVersionNumber(String function);

    Optional<FunctionAlias> alias(String function, String alias);

    /// All aliases of a function, ordered by name.
    List<FunctionAlias> aliases(String function);

    void put(FunctionAlias alias);

    void deleteAlias(String function, String alias);

    Optional<LayerVersion> layerVersion(String layer, long version);

    /// All versions of a layer, newest first.
    List<LayerVersion> layerVersions(String layer);

    /// The newest version of each layer, ordered by name.
    List<LayerVersion> layers(String after, int limit);

    void put(LayerVersion version);

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

    /// How many functions there are.
    int functionCount();

    /// Bytes of all packages that versions and layers refer to, each reference counted, as AWS counts them.
    long totalCodeSize();

    /// SHA-256 of every package that is referred to.
    Set<String> referencedCode();

    /// Versions that were being created or updated when the server last stopped.
    List<FunctionVersion> unfinished();
}
