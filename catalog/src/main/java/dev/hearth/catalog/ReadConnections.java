package dev.hearth.catalog;

import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A few connections for reading, opened when they are first needed. Any thread; waits while all are in use.
final class ReadConnections {
    private static final int MOST = 4;

    private final Database database;
    private final Semaphore permits = new Semaphore(MOST, true);
    private final ConcurrentLinkedDeque<Sql> idle = new ConcurrentLinkedDeque<>();
    private boolean closed; // written with all permits held, read with one

    ReadConnections(Database database) {
        this.database = database;
    }

    <T> T with(Function<Sql, T> work) {
        permits.acquireUninterruptibly();
        try {
            Sql sql = take();
            try {
                return work.apply(sql);
            } finally {
                idle.addFirst(sql);
            }
        } finally {
            permits.release();
        }
    }

    /// Waits for running reads, then closes; a later read fails.
    void close() {
        permits.acquireUninterruptibly(MOST);
        closed = true;
        idle.forEach(sql -> Durable.closeQuietly(sql.connection()));
        idle.clear();
        permits.release(MOST);
    }

    private Sql take() {
        if (closed) {
            throw new CatalogException("Cannot read the catalog in " + database.directory() + ": it is closed.");
        }
        @Nullable Sql sql = idle.pollFirst();
        if (sql != null) {
            return sql;
        }
        try {
            return new Sql(database.openForReading(), database.directory().toString());
        } catch (SQLException e) {
            throw new CatalogException("Cannot read the catalog in " + database.directory() + ": " + e.getMessage(), e);
        }
    }
}
