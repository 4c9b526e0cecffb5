package dev.hearth.cli;

/// A command cannot do what it was asked to; the message names the object and the remedy and is all the user sees.
public class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    public CommandFailure(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public CommandFailure(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /// The exit code to end with.
    public ExitCode exitCode() {
        return exitCode;
    }
}
