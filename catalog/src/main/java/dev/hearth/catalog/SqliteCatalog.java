package dev.hearth.catalog;

import dev.hearth.model.FunctionAlias;
import dev.hearth.model.FunctionVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// The catalog of one machine, in an SQLite file `catalog.db`.
///
/// Safe for use by any thread. Writes go one after the other through one connection, each on the disk (`fsync`)
/// before it returns; reads use connections of their own and see the state of the last commit before they began.
/// Nothing is loaded before it is asked for.
public final class SqliteCatalog implements Catalog {
    /// Functions whose resolutions are kept in memory: some kilobytes each.
    private static final int CACHED_FUNCTIONS = 8_192;

    private final DirectoryLock directoryLock;
    private final Sql writer;
    private final ReadConnections readers;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final ResolutionCache resolutions = new ResolutionCache(CACHED_FUNCTIONS);

    private SqliteCatalog(DirectoryLock directoryLock, Sql writer, ReadConnections readers) {
        this.directoryLock = directoryLock;
        this.writer = writer;
        this.readers = readers;
    }

    /// Opens the catalog in a directory, made where it does not exist, and brings it to the newest schema.
    ///
    /// @throws CatalogException when another process has it open, a newer Hearth wrote it, or the disk refuses;
    ///                          the message names the remedy
    public static SqliteCatalog open(Path directory) {
        DirectoryLock lock = null;
        try {
            Durable.createDirectories(directory);
            lock = DirectoryLock.take(directory);
            var database = new Database(directory);
            return new SqliteCatalog(
                    lock, new Sql(database.openForWriting(), directory.toString()), new ReadConnections(database));
        } catch (CatalogException e) {
            Durable.closeQuietly(lock);
            throw e;
        } catch (IOException | SQLException e) {
            Durable.closeQuietly(lock);
            throw new CatalogException(
                    "Cannot open the catalog in " + directory + ": " + e + ". Check that this user may write there.",
                    e);
        }
    }

    @Override
    public <T> T write(Function<CatalogTransaction, T> work) {
        if (writing.isHeldByCurrentThread()) {
            throw new IllegalStateException("a catalog write cannot hold another one");
        }
        var transaction = new SqlTransaction(writer);
        writing.lock();
        try {
            T result = inTransaction(writer, "BEGIN IMMEDIATE", () -> work.apply(transaction));
            transaction.touched().forEach(resolutions::invalidate);
            return result;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public <T> T read(Function<CatalogTransaction, T> work) {
        return readers.with(sql -> inTransaction(sql, "BEGIN", () -> work.apply(new SqlTransaction(sql))));
    }

    @Override
    public Optional<Resolution> resolve(String name, String qualifier) {
        return resolutions.get(name, qualifier, () -> read(view -> load(view, name, qualifier)));
    }

    @Override
    public void close() {
        writing.lock();
        try {
            readers.close();
            Durable.closeQuietly(writer.connection());
            Durable.closeQuietly(directoryLock);
        } finally {
            writing.unlock();
        }
    }

    private static <T> T inTransaction(Sql sql, String begin, java.util.function.Supplier<T> work) {
        sql.run(begin);
        boolean committed = false;
        try {
            T result = work.get();
            sql.run("COMMIT");
            committed = true;
            return result;
        } finally {
            if (!committed) {
                sql.rollBack();
            }
        }
    }

    private static Optional<Resolution> load(CatalogTransaction view, String name, String qualifier) {
        Optional<FunctionVersion> version = view.version(name, qualifier);
        if (version.isPresent()) {
            return Optional.of(new Resolution(version.get(), Optional.empty(), 0.0, view.reservedConcurrency(name)));
        }
        return view.alias(name, qualifier).flatMap(alias -> follow(view, alias));
    }

    private static Optional<Resolution> follow(CatalogTransaction view, FunctionAlias alias) {
        String name = alias.function().name();
        Optional<Map.Entry<String, Double>> routed =
                alias.routingWeights().entrySet().stream().findFirst();
        Optional<FunctionVersion> secondary = routed.flatMap(entry -> view.version(name, entry.getKey()));
        double weight = secondary.isPresent() ? routed.orElseThrow().getValue() : 0.0;
        return view.version(name, alias.version())
                .map(primary -> new Resolution(primary, secondary, weight, view.reservedConcurrency(name)));
    }
}
