package dev.hearth.engine;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.Catalogs;
import java.util.List;

/// One catalog for whatever account.
record OneCatalog(Catalog catalog) implements Catalogs {
    @Override
    public Catalog of(String account) {
        return catalog;
    }

    @Override
    public List<Catalog> all() {
        return List.of(catalog);
    }
}
