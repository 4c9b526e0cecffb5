package dev.hearth.sam;

/// A template cannot be used; the message says what is wrong and what to do, [#line] where.
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    TemplateException(int line, String message) {
        super(message);
        this.line = line;
    }

    /// The same, and whose it is.
    TemplateException in(String owner) {
        return new TemplateException(line, owner + ": " + getMessage());
    }

    /// Counted from 1; 0 where it is about the whole file.
    public int line() {
        return line;
    }
}
