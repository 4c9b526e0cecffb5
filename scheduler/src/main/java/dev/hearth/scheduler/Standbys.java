package dev.hearth.scheduler;

import dev.hearth.model.FunctionAlias;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which versions of a function keep a standby: `$LATEST`, and each that an alias can send a caller to. A canary of one
/// in a hundred has one too, or each of its callers would find it cold.
public final class Standbys {
    private static final String LATEST = "$LATEST";

    private Standbys() {}

    /// The versions of one function that keep at least one standby.
    public static Set<String> versions(Collection<FunctionAlias> aliases) {
        Set<String> versions = new TreeSet<>(Set.of(LATEST));
        for (FunctionAlias alias : aliases) {
            versions.addAll(shares(alias).keySet());
        }
        return versions;
    }

    /// How `instances` are spread over what an alias points to: by weight, rounded up, and so at least one for each
    /// version that gets any caller.
    public static Map<String, Integer> spread(FunctionAlias alias, int instances) {
        Map<String, Integer> spread = new TreeMap<>();
        shares(alias).forEach((version, share) -> spread.put(version, Math.max(1, (int) Math.ceil(share * instances))));
        return spread;
    }

    private static Map<String, Double> shares(FunctionAlias alias) {
        Map<String, Double> shares = new TreeMap<>();
        alias.routingWeights().forEach((version, weight) -> {
            if (weight > 0) {
                shares.merge(version, weight, Double::sum);
            }
        });
        double routed =
                shares.values().stream().mapToDouble(Double::doubleValue).sum();
        if (routed < 1) {
            shares.merge(alias.version(), 1 - routed, Double::sum);
        }
        return shares;
    }
}
