package dev.hearth.model;

/// Whose fault an error is. Only the platform's own errors are logged with a stack trace.
public enum ErrorKind {
    /// The request was wrong, or came at the wrong time; the caller can mend it.
    CALLER,
    /// The function's code failed; its owner can mend it.
    FUNCTION,
    /// Hearth or its host failed.
    PLATFORM
}
