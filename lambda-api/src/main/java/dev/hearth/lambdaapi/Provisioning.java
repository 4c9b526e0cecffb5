package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.catalog.ProvisionedVersion;
import dev.hearth.engine.FunctionEngine;
import dev.hearth.model.FunctionVersion;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Changes that may move provisioned concurrency from one version to another: after the commit the engine is told of
/// each version whose number is another one. Any thread.
final class Provisioning {
    private final Catalog catalog;
    private final FunctionEngine engine;

    /// Held while the engine is told what the catalog says now, so that of two changes the later one is told last.
    private final ReentrantLock telling = new ReentrantLock();

    Provisioning(Catalog catalog, FunctionEngine engine) {
        this.catalog = catalog;
        this.engine = engine;
    }

    private record Changed<T>(T result, Set<String> versions) {}

    /// Runs `work` as [Catalog#write] does, then tells the engine.
    <T> T write(String function, Function<CatalogTransaction, T> work) {
        Changed<T> changed = catalog.write(tx -> {
            Map<String, Integer> before = instances(tx, function);
            T result = work.apply(tx);
            Map<String, Integer> after = instances(tx, function);
            var versions = new LinkedHashSet<>(before.keySet());
            versions.addAll(after.keySet());
            versions.removeIf(version -> before.getOrDefault(version, 0).equals(after.getOrDefault(version, 0)));
            return new Changed<>(result, versions);
        });
        if (!changed.versions().isEmpty()) {
            tell(function, changed.versions());
        }
        return changed.result();
    }

    private void tell(String function, Set<String> versions) {
        telling.lock();
        try {
            for (ProvisionedVersion now : catalog.read(tx -> versions.stream()
                    .flatMap(version -> tx.version(function, version).stream())
                    .map(version -> now(tx, version))
                    .toList())) {
                engine.provision(now.version(), now.instances());
            }
        } finally {
            telling.unlock();
        }
    }

    private static ProvisionedVersion now(CatalogTransaction tx, FunctionVersion version) {
        int instances = instances(tx, version.name()).getOrDefault(version.version(), 0);
        return new ProvisionedVersion(version, instances);
    }

    private static Map<String, Integer> instances(CatalogTransaction tx, String function) {
        return tx.provisioned(function).stream()
                .collect(Collectors.toMap(one -> one.version().version(), ProvisionedVersion::instances));
    }
}
