package dev.hearth.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Brings a database to the schema this program knows: `schema/1.sql`, `schema/2.sql`, … each in a transaction
/// of its own, the last one applied kept in `user_version`.
final class Schema {
    /// The number of the newest file in `schema/`.
    static final int VERSION = 2;

    private Schema() {}

    /// Applies what is missing.
    ///
    /// @throws CatalogException when a newer program wrote the database
    static void migrate(Connection connection, Path directory) throws SQLException, IOException {
        int found = version(connection);
        if (found > VERSION) {
            throw new CatalogException("Cannot open the catalog in " + directory + ": it has schema version " + found
                    + ", this program knows versions up to " + VERSION
                    + ". Start the newer Hearth that wrote it, or give this one another data directory.");
        }
        for (int next = found + 1; next <= VERSION; next++) {
            apply(connection, next);
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA user_version")) {
            return rows.getInt(1);
        }
    }

    private static void apply(Connection connection, int version) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("BEGIN IMMEDIATE");
            for (String sql : withoutComments(script(version)).split(";")) {
                if (!sql.isBlank()) {
                    statement.executeUpdate(sql);
                }
            }
            statement.executeUpdate("PRAGMA user_version = " + version);
            statement.executeUpdate("COMMIT");
        }
    }

    private static String withoutComments(String script) {
        return script.replaceAll("(?m)--.*$", "");
    }

    private static String script(int version) throws IOException {
        try (InputStream in = Schema.class.getResourceAsStream("schema/" + version + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("schema/" + version + ".sql is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
