package dev.hearth.runtime.java;

import org.jspecify.annotations.Nullable;

/// A fault of the function that AWS words in its own way, instead of showing the exception as it is:
/// no such class, no such method, a constructor that throws.
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final @Nullable String type;
    private final @Nullable String trace;
    private final boolean fatal;

    private Fault(String message, @Nullable String type, @Nullable String trace, boolean fatal) {
        super(message, null, false, false);
        this.type = type;
        this.trace = trace;
        this.fatal = fatal;
    }

    /// A fault that is told at each invocation.
    static Fault of(String message) {
        return new Fault(message, null, null, false);
    }

    static Fault of(Throwable thrown, boolean fatal) {
        return new Fault(ErrorDocument.message(thrown), thrown.getClass().getName(), StackTraces.text(thrown), fatal);
    }

    static Fault of(String message, Throwable thrown) {
        return new Fault(message, thrown.getClass().getName(), StackTraces.text(thrown), false);
    }

    static Fault classNotFound(String className, Throwable thrown) {
        return of("Class not found: " + className, thrown);
    }

    static Fault classNotLoaded(String className, Throwable thrown) {
        String detail = thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
        return new Fault(
                "Error loading class " + className + detail,
                thrown.getClass().getName(),
                StackTraces.text(thrown),
                true);
    }

    /// The name of the exception's class; null where there was no exception.
    @Nullable
    String type() {
        return type;
    }

    /// Whether the process cannot go on: an init error at init, the end of the process after an invocation.
    boolean fatal() {
        return fatal;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    /// The text for the log.
    String report() {
        if (type == null && trace == null) {
            return message() + "\n";
        }
        return message() + ": " + (type == null ? "" : type) + "\n" + (trace == null ? "" : trace) + "\n";
    }
}
