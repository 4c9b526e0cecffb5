package dev.hearth.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Statements with `?` arguments on one connection; used by one thread at a time.
///
/// @param place names the database in messages
record Sql(Connection connection, String place) {

    /// Makes a value of the current row.
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> all(Row<T> row, String sql, Object... arguments) {
        try (PreparedStatement statement = prepare(sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            var values = new ArrayList<T>();
            while (rows.next()) {
                values.add(row.read(rows));
            }
            return values;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    <T> Optional<T> first(Row<T> row, String sql, Object... arguments) {
        try (PreparedStatement statement = prepare(sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    long number(String sql, Object... arguments) {
        return first(row -> row.getLong(1), sql, arguments).orElseThrow();
    }

    void run(String sql, Object... arguments) {
        try (PreparedStatement statement = prepare(sql, arguments)) {
            statement.execute();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /// Ends a transaction that failed; says nothing where SQLite has already done so itself.
    void rollBack() {
        try (var statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            // SQLite rolls back by itself on a full disk or an I/O error; the first error is on its way up
        }
    }

    private PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private CatalogException failed(SQLException e) {
        return new CatalogException(
                "Cannot use the catalog in " + place + ": " + e.getMessage()
                        + ". Check that its disk has space and works; nothing of this request was kept.",
                e);
    }
}
