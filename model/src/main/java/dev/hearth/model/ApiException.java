package dev.hearth.model;

import org.jspecify.annotations.Nullable;

/// A request that cannot be carried out, with the code that decides its status on the wire and a message
/// that names the object and the remedy. Thrown by control-plane work only: on the invoke path expected
/// results are [Outcome]s.
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public ApiException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public ApiException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause, false, code.kind() == ErrorKind.PLATFORM);
        this.code = code;
    }

    /// The code that decides status and type of the answer.
    public ErrorCode code() {
        return code;
    }
}
