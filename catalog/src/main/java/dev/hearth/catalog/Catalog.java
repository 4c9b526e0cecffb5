package dev.hearth.catalog;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Everything that is deployed. A write that has returned survives `kill -9`.
public interface Catalog extends AutoCloseable {

    /// Runs `work` alone against a consistent view and commits what it changed, durably, before returning.
    /// When `work` throws, nothing is changed and the exception is passed on. Must not block on anything
    /// but the catalog.
    <T> T write(Function<CatalogTransaction, T> work);

    /// The same for work that has nothing to say.
    default void change(Consumer<CatalogTransaction> work) {
        write(transaction -> {
            work.accept(transaction);
            return Boolean.TRUE;
        });
    }

    /// Runs `work` against a consistent view; it must not change anything.
    <T> T read(Function<CatalogTransaction, T> work);

    /// What an invocation of a function needs, from memory once it was asked for: no disk on the invoke path.
    ///
    /// @param name      the function's name
    /// @param qualifier `$LATEST`, a version number or an alias
    /// @return empty where the function, or that version or alias of it, does not exist
    Optional<Resolution> resolve(String name, String qualifier);

    @Override
    void close();
}
