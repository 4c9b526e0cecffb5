package dev.hearth.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

class SqliteCatalogIT extends CatalogContract {
    @Override
    Catalog open(Path directory) {
        return SqliteCatalog.open(directory);
    }

    @Test
    void secondOpenIsRefusedByNameWithTheRemedy() {
        assertThatThrownBy(() -> SqliteCatalog.open(directory))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("process " + ProcessHandle.current().pid() + " has it open")
                .hasMessageContaining("another data directory");
    }

    @Test
    void databaseOfANewerHearthIsNotTouched() throws Exception {
        catalog.close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("catalog.db"));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 4711");
        }
        assertThatThrownBy(() -> SqliteCatalog.open(directory))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("schema version 4711")
                .hasMessageContaining("Start the newer Hearth");
        // and the refusal left no lock behind
        assertThatThrownBy(() -> SqliteCatalog.open(directory)).hasMessageContaining("schema version 4711");
    }

    @Test
    void databaseOfTheFirstReleaseIsBroughtAlong() throws Exception {
        put(Samples.latest("f"));
        catalog.close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("catalog.db"));
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE record");
            statement.execute("PRAGMA user_version = 1");
        }
        catalog = open(directory);
        catalog.change(t -> t.put(RecordKind.RECURSION, "f", "$LATEST", "Allow"));
        look(t -> {
            assertThat(t.version("f", "$LATEST")).contains(Samples.latest("f"));
            assertThat(t.list(RecordKind.RECURSION, "f")).containsExactly("Allow");
        });
    }

    @Test
    void everyNumberedSchemaFileIsApplied() {
        assertThat(Schema.class.getResource("schema/" + Schema.VERSION + ".sql"))
                .isNotNull();
        assertThat(Schema.class.getResource("schema/" + (Schema.VERSION + 1) + ".sql"))
                .isNull();
    }

    @Test
    void damagedDatabaseIsNamed() throws Exception {
        catalog.close();
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("catalog.db"), "this is no database, whatever its name says");
        assertThatThrownBy(() -> SqliteCatalog.open(other))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining(other.toString());
    }

    @Test
    void onlyItsUserCanReadTheFilesThatHoldEnvironments() throws Exception {
        put(Samples.latest("f"));
        try (var files = Files.list(directory)) {
            assertThat(files.filter(f -> f.getFileName().toString().startsWith("catalog.db")))
                    .isNotEmpty()
                    .allSatisfy(f -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(f)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void writeWithinAWriteIsRefused() {
        assertThatThrownBy(() -> catalog.write(t -> catalog.<Long>write(u -> u.takeVersionNumber("f"))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(catalog.<Long>write(t -> t.takeVersionNumber("f"))).isEqualTo(1);
    }

    @Test
    void nativeLibraryOfTheDriverStaysOutOfTheTemporaryDirectory() {
        assertThat(System.getProperty("org.sqlite.tmpdir")).endsWith("driver");
    }
}
