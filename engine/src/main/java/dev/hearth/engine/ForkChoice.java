package dev.hearth.engine;

import dev.hearth.catalog.Catalogs;
import dev.hearth.model.FunctionVersion;
import java.util.function.Predicate;

/// Whether a function's instances are forked from one initialised process: where its tag `hearth:fork` says `on`. Not
/// without being asked, because they share more with each other than instances do on AWS.
record ForkChoice(Catalogs catalogs) implements Predicate<FunctionVersion> {
    static final String TAG = "hearth:fork";
    private static final String ON = "on";
    private static final String RUNTIMES = "python";

    /// Reads the catalog: belongs to a start, not to an invocation.
    @Override
    public boolean test(FunctionVersion version) {
        return version.settings().runtime().startsWith(RUNTIMES)
                && ON.equalsIgnoreCase(
                        catalogs.of(version).read(tx -> tx.tags(version.name())).get(TAG));
    }
}
