package dev.hearth.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Runs commands as a user would, and keeps what they print.
final class Shell {
    final Map<String, String> environment = new HashMap<>();
    String in = "";
    boolean coloured;

    /// What a command did.
    record Ran(int exitCode, String out, String err) {}

    Shell(String endpoint) {
        environment.put("HEARTH_ENDPOINT", endpoint);
    }

    Ran run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), coloured, coloured, coloured);
        var input = new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8));
        int code = HearthCommand.commandLine(new Surroundings(environment, input, terminal))
                .execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }
}
