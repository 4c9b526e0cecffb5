package dev.hearth.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// Opens connections to `catalog.db` in a directory.
record Database(Path directory) {
    private static final String FILE = "catalog.db";
    private static final String DRIVER_DIRECTORY = "org.sqlite.tmpdir";
    private static final int BUSY_MILLIS = 10_000;
    private static final int READER_CACHE_KIB = 512;

    /// The one connection that writes, its schema up to date. A commit is on the disk when it returns.
    Connection openForWriting() throws SQLException, IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            // environment variables are in it: for this user's eyes only
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        useOwnDirectoryForTheDriver();
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection = config.createConnection(url());
        try {
            Schema.migrate(connection, directory);
            return connection;
        } catch (SQLException | IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /// A connection that cannot change anything.
    Connection openForReading() throws SQLException {
        var config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-READER_CACHE_KIB);
        Connection connection = config.createConnection(url());
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = 1");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private String url() {
        return "jdbc:sqlite:" + directory.resolve(FILE).toAbsolutePath();
    }

    /// The driver unpacks its native library at first use and deletes it at an orderly end. In `/tmp` each
    /// `kill -9` would leave a copy behind, and `/tmp` may be mounted `noexec`.
    private void useOwnDirectoryForTheDriver() throws IOException {
        if (System.getProperty(DRIVER_DIRECTORY) == null) {
            Path own = directory.resolve("driver");
            Trees.delete(own);
            Files.createDirectories(own);
            System.setProperty(DRIVER_DIRECTORY, own.toAbsolutePath().toString());
        }
    }
}
