package dev.hearth.sandbox;

import org.jspecify.annotations.Nullable;

/// A sandbox could not be made; the message says what was tried, what the host answered and what to do.
public final class SandboxException extends Exception {
    private static final long serialVersionUID = 1L;

    public SandboxException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
