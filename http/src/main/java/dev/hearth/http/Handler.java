package dev.hearth.http;

import java.io.IOException;

/// Answers requests. Called on one virtual thread per request; may block.
@FunctionalInterface
public interface Handler {
    Response handle(Request request) throws IOException;
}
