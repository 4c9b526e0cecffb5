package dev.hearth.engine;

import dev.hearth.catalog.Catalogs;
import dev.hearth.model.FunctionVersion;
import java.util.function.Predicate;

/// Whether a function is initialised before anybody calls it: yes, unless its tag `hearth:init` says `lazy`. A tag
/// because the AWS API has no field for it, and tags pass through every client.
record InitChoice(Catalogs catalogs) implements Predicate<FunctionVersion> {
    static final String TAG = "hearth:init";
    static final String LAZY = "lazy";

    /// Reads the catalog: belongs to a deployment, not to an invocation.
    @Override
    public boolean test(FunctionVersion version) {
        return !LAZY.equalsIgnoreCase(
                catalogs.of(version).read(tx -> tx.tags(version.name())).get(TAG));
    }
}
