package dev.hearth.server;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogException;
import dev.hearth.catalog.SqliteCatalog;
import dev.hearth.events.AsyncEvents;
import dev.hearth.events.EventsListener;
import dev.hearth.logs.LogStore;
import dev.hearth.logs.LogsConfig;
import dev.hearth.model.Clock;
import dev.hearth.model.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/// What one account has: what is deployed in it, its logs and its asynchronous events. Accounts share the engine and
/// the packages, and nothing that a caller could name.
///
/// @param scope the AWS coordinates of everything in it
record Account(Scope scope, Catalog catalog, LogStore logs, AsyncEvents events) implements AutoCloseable {

    /// @param directory holds all of it; made where it does not exist
    /// @throws IOException      when the disk refuses; nothing stays open then, so that it can be tried again
    /// @throws CatalogException the same of the catalog
    static Account open(Path directory, Scope scope, ServerConfig config, EventsListener listener, Clock clock)
            throws IOException {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            Catalog catalog = SqliteCatalog.open(directory.resolve("catalog"));
            opened.push(catalog);
            LogStore logs = LogStore.open(directory.resolve("logs"), LogsConfig.DEFAULT, clock);
            opened.push(logs);
            AsyncEvents events = AsyncEvents.open(
                    directory.resolve("events"),
                    config.events(),
                    catalog,
                    config.engine().limits().asyncPayload(),
                    listener,
                    clock);
            return new Account(scope, catalog, logs, events);
        } catch (IOException | RuntimeException e) {
            opened.forEach(Parts::close);
            throw e;
        }
    }

    @Override
    public void close() {
        Parts.close(events);
        Parts.close(logs);
        Parts.close(catalog);
    }
}
