package dev.hearth.http;

import java.io.IOException;

/// A request's body is larger than the edge accepts.
public final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long limit;

    public BodyTooLargeException(long limit) {
        super("the request body is larger than " + limit + " bytes");
        this.limit = limit;
    }

    /// The most bytes that were accepted.
    public long limit() {
        return limit;
    }
}
