package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.catalog.Resolution;
import dev.hearth.model.FunctionAlias;
import dev.hearth.model.FunctionVersion;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A catalog in memory. A write that throws leaves no trace, as the contract says.
final class FakeCatalog implements Catalog {
    private FakeTransaction state = new FakeTransaction();

    @Override
    public synchronized <T> T write(Function<CatalogTransaction, T> work) {
        FakeTransaction draft = state.copy();
        T result = work.apply(draft);
        state = draft;
        return result;
    }

    @Override
    public synchronized <T> T read(Function<CatalogTransaction, T> work) {
        return work.apply(state.copy());
    }

    @Override
    public synchronized Optional<Resolution> resolve(String name, String qualifier) {
        Optional<FunctionAlias> alias = state.alias(name, qualifier);
        Optional<FunctionVersion> primary =
                state.version(name, alias.map(FunctionAlias::version).orElse(qualifier));
        Map<String, Double> weights = alias.map(FunctionAlias::routingWeights).orElse(Map.of());
        Optional<FunctionVersion> secondary =
                weights.keySet().stream().findFirst().flatMap(version -> state.version(name, version));
        double weight = weights.values().stream().findFirst().orElse(0.0);
        return primary.map(version -> new Resolution(version, secondary, weight, state.reservedConcurrency(name)));
    }

    @Override
    public void close() {}
}
