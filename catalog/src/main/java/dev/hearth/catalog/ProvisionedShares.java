package dev.hearth.catalog;

import dev.hearth.model.FunctionAlias;
import dev.hearth.model.ProvisionedConcurrency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which versions the provisioned concurrency of versions and aliases falls to. An alias that splits its traffic splits
/// this too, in the same shares.
final class ProvisionedShares {
    private ProvisionedShares() {}

    static List<ProvisionedVersion> of(CatalogTransaction tx, List<ProvisionedConcurrency> all) {
        var instances = new TreeMap<String, Map<String, Integer>>();
        for (ProvisionedConcurrency provisioned : all) {
            Map<String, Integer> versions =
                    instances.computeIfAbsent(provisioned.function().name(), name -> new TreeMap<>());
            shares(tx, provisioned).forEach((version, share) -> versions.merge(version, share, Integer::sum));
        }
        return instances.entrySet().stream()
                .flatMap(function -> function.getValue().entrySet().stream()
                        .flatMap(share -> tx.version(function.getKey(), share.getKey()).stream()
                                .map(version -> new ProvisionedVersion(version, share.getValue()))))
                .toList();
    }

    /// Instances by version; together as many as were asked for.
    static Map<String, Integer> shares(CatalogTransaction tx, ProvisionedConcurrency provisioned) {
        Optional<FunctionAlias> alias = tx.alias(provisioned.function().name(), provisioned.qualifier());
        if (alias.isEmpty()) {
            return Map.of(provisioned.qualifier(), provisioned.instances());
        }
        var shares = new TreeMap<String, Integer>();
        int left = provisioned.instances();
        for (var weight : alias.get().routingWeights().entrySet()) {
            int share = (int) Math.round(provisioned.instances() * weight.getValue());
            if (share > 0) {
                shares.put(weight.getKey(), share);
            }
            left -= share;
        }
        if (left > 0) {
            shares.merge(alias.get().version(), left, Integer::sum);
        }
        return shares;
    }
}
