package dev.hearth.runtime;

/// A request that is not HTTP/1.1 as we accept it; the connection ends after the reply.
final class MalformedRequest extends Exception {
    private static final long serialVersionUID = 1L;

    final int status;

    MalformedRequest(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }
}
