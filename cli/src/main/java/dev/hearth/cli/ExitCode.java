package dev.hearth.cli;

/// What a command's exit code says. Documented in docs/cli.md; the numbers never change.
public enum ExitCode {
    OK(0, "done"),
    FUNCTION_ERROR(1, "the function answered with an error, or could not be initialised"),
    USAGE(2, "the command line is wrong"),
    REFUSED(3, "something named is not there, or a precondition does not hold, or the server refused the request"),
    UNREACHABLE(4, "no server answers at the endpoint"),
    SERVER_FAULT(5, "the server failed, or its answer made no sense"),
    BUG(70, "the command itself failed, which is a bug of ours");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /// The process's exit code.
    public int number() {
        return number;
    }

    /// What it says, in a few words.
    public String meaning() {
        return meaning;
    }
}
