package dev.hearth.http;

import java.io.IOException;

/// The body breaks the rules of HTTP, or ended before its told length: the caller's fault.
public final class UnreadableBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableBodyException(RuntimeException cause) {
        super("the request body could not be read: " + cause.getMessage(), cause);
    }
}
