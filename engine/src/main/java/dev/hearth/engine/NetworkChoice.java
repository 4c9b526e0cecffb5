package dev.hearth.engine;

import dev.hearth.catalog.Catalogs;
import dev.hearth.model.FunctionVersion;
import dev.hearth.sandbox.Network;
import java.util.Locale;
import java.util.function.Function;

/// What a function can reach: its tag `hearth:network` (`none` or `outbound`) says so, else the configuration.
/// A tag because the AWS API has no field for it, and tags pass through every client.
final class NetworkChoice implements Function<FunctionVersion, Network> {
    static final String TAG = "hearth:network";

    private final Catalogs catalogs;
    private final Network byDefault;

    NetworkChoice(Catalogs catalogs, Network byDefault) {
        this.catalogs = catalogs;
        this.byDefault = byDefault;
    }

    /// Reads the catalog: belongs to a start, not to an invocation.
    @Override
    public Network apply(FunctionVersion version) {
        String tag = catalogs.of(version).read(tx -> tx.tags(version.name())).get(TAG);
        if (tag == null) {
            return byDefault;
        }
        return switch (tag.toLowerCase(Locale.ROOT)) {
            case "none" -> Network.NONE;
            case "outbound" -> Network.OUTBOUND;
            // A word that means nothing must not open what it may have meant to close.
            default -> Network.NONE;
        };
    }
}
