package dev.hearth.catalog;

import dev.hearth.model.FunctionAlias;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.LayerRef;
import dev.hearth.model.LayerVersion;
import dev.hearth.model.UpdateStatus;
import dev.hearth.model.VersionState;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// One transaction on one connection, used by one thread. Remembers which functions it changed.
final class SqlTransaction implements CatalogTransaction {
    private static final int LATEST_NUMBER = 0;
    private static final Sql.Row<FunctionVersion> VERSION = row -> StoredForm.version(row.getString(1));
    private static final Sql.Row<FunctionAlias> ALIAS = row -> StoredForm.alias(row.getString(1));
    private static final Sql.Row<LayerVersion> LAYER = row -> StoredForm.layer(row.getString(1));

    private final Sql sql;
    private final Set<String> touched = new HashSet<>();

    SqlTransaction(Sql sql) {
        this.sql = sql;
    }

    /// The functions of which anything was changed.
    Set<String> touched() {
        return touched;
    }

    @Override
    public Optional<FunctionVersion> version(String function, String version) {
        var number = number(version);
        return number.isEmpty()
                ? Optional.empty()
                : sql.first(
                        VERSION,
                        "SELECT body FROM function_version WHERE function = ? AND number = ?",
                        function,
                        number.get());
    }

    @Override
    public List<FunctionVersion> versions(String function) {
        return sql.all(VERSION, "SELECT body FROM function_version WHERE function = ? ORDER BY number", function);
    }

    @Override
    public List<FunctionVersion> functions(String after, int limit) {
        return sql.all(
                VERSION,
                "SELECT body FROM function_version WHERE number = 0 AND function > ? ORDER BY function LIMIT ?",
                after,
                limit);
    }

    @Override
    public void put(FunctionVersion version) {
        String function = touch(version.name());
        long number = number(version.version())
                .orElseThrow(() -> new IllegalArgumentException("not a version: " + version.version()));
        sql.run(
                "INSERT OR REPLACE INTO function_version VALUES (?, ?, ?, ?, ?, ?)",
                function,
                number,
                version.code().sha256(),
                version.code().size(),
                isUnfinished(version) ? 1 : 0,
                StoredForm.of(version));
        sql.run("DELETE FROM version_layer WHERE function = ? AND number = ?", function, number);
        List<LayerRef> layers = version.settings().layers();
        for (int i = 0; i < layers.size(); i++) {
            String sha256 = layers.get(i).code().sha256();
            sql.run("INSERT INTO version_layer VALUES (?, ?, ?, ?)", function, number, i, sha256);
        }
    }

    @Override
    public void deleteVersion(String function, String version) {
        number(version).ifPresent(number -> {
            touch(function);
            sql.run("DELETE FROM function_version WHERE function = ? AND number = ?", function, number);
            sql.run("DELETE FROM version_layer WHERE function = ? AND number = ?", function, number);
            removeAll(function, version);
        });
    }

    @Override
    public void deleteFunction(String function) {
        touch(function);
        sql.run("DELETE FROM function_version WHERE function = ?", function);
        sql.run("DELETE FROM version_layer WHERE function = ?", function);
        sql.run("DELETE FROM function_alias WHERE function = ?", function);
        sql.run("DELETE FROM function_tag WHERE function = ?", function);
        sql.run("DELETE FROM function_reservation WHERE function = ?", function);
        for (RecordKind<?> kind : RecordKind.OF_FUNCTIONS) {
            sql.run("DELETE FROM record WHERE kind = ? AND owner = ?", kind.storedName(), function);
        }
    }

    @Override
    public long takeVersionNumber(String function) {
        return take("function", function);
    }

    @Override
    public Optional<FunctionAlias> alias(String function, String alias) {
        return sql.first(ALIAS, "SELECT body FROM function_alias WHERE function = ? AND name = ?", function, alias);
    }

    @Override
    public List<FunctionAlias> aliases(String function) {
        return sql.all(ALIAS, "SELECT body FROM function_alias WHERE function = ? ORDER BY name", function);
    }

    @Override
    public void put(FunctionAlias alias) {
        String function = touch(alias.function().name());
        sql.run("INSERT OR REPLACE INTO function_alias VALUES (?, ?, ?)", function, alias.name(), StoredForm.of(alias));
    }

    @Override
    public void deleteAlias(String function, String alias) {
        touch(function);
        sql.run("DELETE FROM function_alias WHERE function = ? AND name = ?", function, alias);
        removeAll(function, alias);
    }

    @Override
    public Optional<LayerVersion> layerVersion(String layer, long version) {
        return sql.first(LAYER, "SELECT body FROM layer_version WHERE layer = ? AND number = ?", layer, version);
    }

    @Override
    public List<LayerVersion> layerVersions(String layer) {
        return sql.all(LAYER, "SELECT body FROM layer_version WHERE layer = ? ORDER BY number DESC", layer);
    }

    @Override
    public List<LayerVersion> layers(String after, int limit) {
        return sql.all(LAYER, """
                SELECT body FROM layer_version AS one WHERE layer > ?
                AND number = (SELECT MAX(number) FROM layer_version WHERE layer = one.layer)
                ORDER BY layer LIMIT ?""", after, limit);
    }

    @Override
    public void put(LayerVersion version) {
        sql.run(
                "INSERT OR REPLACE INTO layer_version VALUES (?, ?, ?, ?, ?)",
                version.layer().name(),
                version.version(),
                version.code().sha256(),
                version.code().size(),
                StoredForm.of(version));
    }

    @Override
    public void deleteLayerVersion(String layer, long version) {
        sql.run("DELETE FROM layer_version WHERE layer = ? AND number = ?", layer, version);
        remove(RecordKind.LAYER_POLICY, layer, Long.toString(version));
    }

    @Override
    public long takeLayerVersionNumber(String layer) {
        return take("layer", layer);
    }

    @Override
    public Map<String, String> tags(String function) {
        var tags = new LinkedHashMap<String, String>();
        sql.all(
                row -> tags.put(row.getString(1), row.getString(2)),
                "SELECT name, value FROM function_tag WHERE function = ? ORDER BY position",
                function);
        return tags;
    }

    @Override
    public void putTags(String function, Map<String, String> tags) {
        touch(function);
        sql.run("DELETE FROM function_tag WHERE function = ?", function);
        int position = 0;
        for (var tag : tags.entrySet()) {
            sql.run("INSERT INTO function_tag VALUES (?, ?, ?, ?)", function, position++, tag.getKey(), tag.getValue());
        }
    }

    @Override
    public OptionalInt reservedConcurrency(String function) {
        return sql.first(
                        row -> OptionalInt.of(row.getInt(1)),
                        "SELECT reserved FROM function_reservation WHERE function = ?",
                        function)
                .orElse(OptionalInt.empty());
    }

    @Override
    public void putReservedConcurrency(String function, OptionalInt reserved) {
        touch(function);
        if (reserved.isPresent()) {
            sql.run("INSERT OR REPLACE INTO function_reservation VALUES (?, ?)", function, reserved.getAsInt());
        } else {
            sql.run("DELETE FROM function_reservation WHERE function = ?", function);
        }
    }

    @Override
    public int totalReservedConcurrency() {
        return (int) sql.number("SELECT COALESCE(SUM(reserved), 0) FROM function_reservation");
    }

    @Override
    public <T> Optional<T> find(RecordKind<T> kind, String owner, String key) {
        return sql.first(
                row -> kind.read(row.getString(1)),
                "SELECT body FROM record WHERE kind = ? AND owner = ? AND key = ?",
                kind.storedName(),
                owner,
                key);
    }

    @Override
    public <T> List<T> list(RecordKind<T> kind, String owner) {
        return sql.all(
                row -> kind.read(row.getString(1)),
                "SELECT body FROM record WHERE kind = ? AND owner = ? ORDER BY key",
                kind.storedName(),
                owner);
    }

    @Override
    public <T> List<T> list(RecordKind<T> kind) {
        return sql.all(
                row -> kind.read(row.getString(1)),
                "SELECT body FROM record WHERE kind = ? ORDER BY owner, key",
                kind.storedName());
    }

    @Override
    public <T> void put(RecordKind<T> kind, String owner, String key, T value) {
        sql.run("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)", kind.storedName(), owner, key, kind.stored(value));
    }

    @Override
    public void remove(RecordKind<?> kind, String owner, String key) {
        sql.run("DELETE FROM record WHERE kind = ? AND owner = ? AND key = ?", kind.storedName(), owner, key);
    }

    @Override
    public int functionCount() {
        return (int) sql.number("SELECT COUNT(*) FROM function_version WHERE number = 0");
    }

    @Override
    public long totalCodeSize() {
        return sql.number("""
                SELECT (SELECT COALESCE(SUM(code_size), 0) FROM function_version)
                     + (SELECT COALESCE(SUM(code_size), 0) FROM layer_version)""");
    }

    @Override
    public Set<String> referencedCode() {
        return Set.copyOf(sql.all(row -> row.getString(1), """
                SELECT code_sha256 FROM function_version
                UNION SELECT code_sha256 FROM version_layer
                UNION SELECT code_sha256 FROM layer_version"""));
    }

    @Override
    public List<FunctionVersion> unfinished() {
        return sql.all(VERSION, "SELECT body FROM function_version WHERE unfinished = 1 ORDER BY function, number");
    }

    @Override
    public List<VersionName> reachable(String tag, String value) {
        return sql.all(row -> VersionName.of(row.getString(1), row.getLong(2)), """
                SELECT v.function, v.number FROM function_version v
                WHERE (v.number = 0 OR EXISTS (SELECT 1 FROM function_alias a WHERE a.function = v.function))
                AND NOT EXISTS (
                  SELECT 1 FROM function_tag t WHERE t.function = v.function AND t.name = ? AND lower(t.value) = lower(?))
                ORDER BY v.body ->> '$.lastModified' DESC, v.function, v.number""", tag, value);
    }

    private void removeAll(String function, String qualifier) {
        RecordKind.OF_FUNCTIONS.forEach(kind -> remove(kind, function, qualifier));
    }

    private static boolean isUnfinished(FunctionVersion version) {
        return version.state() instanceof VersionState.Pending
                || version.updateStatus() instanceof UpdateStatus.InProgress;
    }

    /// `$LATEST` is number 0; empty for what is neither that nor a number.
    private static Optional<Long> number(String version) {
        if (version.equals(FunctionVersion.LATEST)) {
            return Optional.of((long) LATEST_NUMBER);
        }
        boolean isNumber = version.length() <= 18 && version.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber && !version.isEmpty() && version.charAt(0) != '0'
                ? Optional.of(Long.valueOf(version))
                : Optional.empty();
    }

    private long take(String kind, String name) {
        return sql.number("""
                INSERT INTO last_number VALUES (?, ?, 1)
                ON CONFLICT (kind, name) DO UPDATE SET number = number + 1 RETURNING number""", kind, name);
    }

    private String touch(String function) {
        touched.add(function);
        return function;
    }
}
