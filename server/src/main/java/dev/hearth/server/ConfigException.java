package dev.hearth.server;

import org.jspecify.annotations.Nullable;

/// The configuration cannot be used; the message names every mistake in it.
final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    ConfigException(String message) {
        this(message, null);
    }

    ConfigException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
