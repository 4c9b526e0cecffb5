package dev.hearth.lambdaapi;

import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.model.LayerRef;
import dev.hearth.model.LayerVersion;
import dev.hearth.model.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Finds the layer versions that a function's settings name.
record LayerResolver(Scope scope) {

    /// @param current what the function uses now: a layer that was deleted since may stay in use
    List<LayerRef> resolve(CatalogTransaction tx, List<String> arns, List<LayerRef> current) {
        var byLayer = new HashMap<String, String>();
        var refs = new ArrayList<LayerRef>(arns.size());
        for (String arn : arns) {
            checkRegion(arn);
            refs.add(inUse(arn, current)
                    .or(() -> published(tx, arn))
                    .orElseThrow(() -> SettingsRules.invalid("Layer version " + arn + " does not exist.")));
            String earlier = byLayer.putIfAbsent(arn.substring(0, arn.lastIndexOf(':')), arn);
            if (earlier != null) {
                throw SettingsRules.invalid(
                        "Two different versions of the same layer are not allowed to be referenced in"
                                + " the same function. " + earlier + " and " + arn
                                + " are versions of the same layer.");
            }
        }
        return refs;
    }

    private void checkRegion(String arn) {
        String[] parts = arn.split(":");
        if (!parts[3].equals(scope.region())) {
            throw SettingsRules.invalid(
                    "Layers are not in the same region as the function. Layers are expected to be in" + " region "
                            + scope.region() + ".");
        }
    }

    private static Optional<LayerRef> inUse(String arn, List<LayerRef> current) {
        return current.stream().filter(ref -> ref.arn().equals(arn)).findFirst();
    }

    private Optional<LayerRef> published(CatalogTransaction tx, String arn) {
        String[] parts = arn.split(":");
        if (parts.length != 8 || parts[7].length() > 18) {
            return Optional.empty();
        }
        return tx.layerVersion(parts[6], Long.parseLong(parts[7]))
                .filter(version -> version.arn().equals(arn))
                .map(LayerResolver::ref);
    }

    private static LayerRef ref(LayerVersion version) {
        return new LayerRef(version.arn(), version.code());
    }
}
