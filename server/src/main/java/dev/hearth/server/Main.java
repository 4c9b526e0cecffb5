package dev.hearth.server;

import dev.hearth.cli.HearthCommand;

/// The program: the commands that talk to a server, and those that are one.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Logging.configure();
        System.exit(HearthCommand.run(arguments, commands()));
    }

    /// The commands that are a server, beside those of the cli module.
    static Object[] commands() {
        return new Object[] {new UpCommand(), new DoctorCommand()};
    }
}
