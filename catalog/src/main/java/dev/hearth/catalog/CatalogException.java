package dev.hearth.catalog;

import org.jspecify.annotations.Nullable;

/// The catalog cannot be opened, read or written: the disk's or the operator's matter, never a caller's.
/// The message names the directory and the remedy.
public final class CatalogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CatalogException(String message) {
        this(message, null);
    }

    public CatalogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
