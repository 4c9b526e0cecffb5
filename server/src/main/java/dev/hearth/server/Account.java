package dev.hearth.server;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.SqliteCatalog;
import dev.hearth.events.AsyncEvents;
import dev.hearth.events.EventsListener;
import dev.hearth.logs.LogStore;
import dev.hearth.logs.LogsConfig;
import dev.hearth.model.Clock;
import dev.hearth.model.Scope;
import java.io.IOException;
import java.nio.file.Path;

/// What one account has: what is deployed in it, its logs and its asynchronous events. Accounts share the engine and
/// the packages, and nothing that a caller could name.
///
/// @param scope the AWS coordinates of everything in it
record Account(Scope scope, Catalog catalog, LogStore logs, AsyncEvents events) {

    /// @param directory holds all of it; made where it does not exist
    /// @throws IOException when the disk refuses
    static Account open(Path directory, Scope scope, ServerConfig config, EventsListener listener, Clock clock)
            throws IOException {
        Catalog catalog = SqliteCatalog.open(directory.resolve("catalog"));
        LogStore logs = LogStore.open(directory.resolve("logs"), LogsConfig.DEFAULT, clock);
        AsyncEvents events = AsyncEvents.open(
                directory.resolve("events"),
                config.events(),
                catalog,
                config.engine().limits().asyncPayload(),
                listener,
                clock);
        return new Account(scope, catalog, logs, events);
    }
}
